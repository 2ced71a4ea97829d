import { serializeOuter } from 'parse5'
import type { Element } from './tree/tree.js'

/** Writes the tree as markup, for tools that show what a step did. */
export const serializeOuterHtml = (element: Element): string => serializeOuter(element)
