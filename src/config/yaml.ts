import { createRequire } from 'node:module'
import type { Document } from 'yaml'

// Loaded when there is something to parse: rules that were prepared need it not.
const require = createRequire(import.meta.url)
const loadYaml = () => require('yaml') as typeof import('yaml')

export interface ParsedYaml {
  readonly document: Document
  /** The line of a place in the text, from 1 */
  lineAt(offset: number): number
}

/** @throws Error when it is not YAML. */
export function parseYaml(text: string): ParsedYaml {
  const { LineCounter, parseDocument } = loadYaml()
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter })
  const [broken] = document.errors
  if (broken !== undefined) throw broken
  return { document, lineAt: offset => lineCounter.linePos(offset).line }
}

/**
 * What a text in YAML says.
 * @throws Error when it is not YAML, or when an alias leads nowhere, or to so much that no memory would hold it.
 */
export const yamlValue = (text: string): unknown => parseYaml(text).document.toJS()
