import { serializeOuter } from 'parse5'
import type { Element } from './tree/tree.js'

/** The tree as markup, for people who want to see what a step did. */
export const serializeOuterHtml = (element: Element): string => serializeOuter(element)
