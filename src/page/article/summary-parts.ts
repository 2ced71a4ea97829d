import { dateText } from '../read/date-text.js'
import { createElement, createText, type Element } from '../tree/tree.js'
import type { Summary } from './summary.js'

/** Nobody reads a longer description. Characters. */
const MOST_DESCRIPTION = 20_000

/** The lines of the description as paragraphs. */
export const summaryText = ({ description }: Summary): Element[] =>
  description
    .slice(0, MOST_DESCRIPTION)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map(line => createElement('p', {}, createText(line)))

/** The image of a summary. */
export function summaryImage({ image, title, width, height }: Summary): Element[] {
  if (image === '') return []
  const size = width === undefined || height === undefined ? {} : { width: String(width), height: String(height) }
  return [createElement('p', {}, createElement('img', { src: image, alt: title, ...size }))]
}

/** The author, date and duration of a summary. */
export function summaryFacts({ author, date, duration }: Summary): Element[] {
  const known = [author, date === '' ? '' : dateText(date), duration].filter(fact => fact !== '')
  return known.length === 0 ? [] : [createElement('p', {}, createElement('i', {}, createText(known.join(' | '))))]
}
