import { kindOf, needsEndTag } from './model.js'

/** A form that is longer than a part. */
export interface LongForm {
  /** Its hidden fields, which every part of it repeats */
  readonly hidden: ReadonlyArray<{ readonly at: number; readonly tag: string }>
  /** Where its first and its last control begin. Characters */
  readonly first: number
  readonly last: number
}

/** An element that is open at a place of the written page, within those around it. */
export interface OpenElement {
  readonly name: string
  /** The start tag that opens it again in the next part */
  readonly tag: string
  readonly below: OpenElement | undefined
  readonly depth: number
  /** The number of tables around it, itself included */
  readonly tables: number
  /** It is a link or within one */
  readonly inLink: boolean
  readonly inPre: boolean
  /** The form around it: one that must stay whole, or a long one */
  readonly form: 'whole' | LongForm | undefined
  /** The bytes of all start tags up to this one, and of all end tags */
  readonly opening: number
  readonly closing: number
  /** It contains something visible */
  filled: boolean
  /** The number of an item in its list, or that of the last item of a list */
  number: number
  /** The rows of a table, and the row down to which cells of earlier rows span */
  rows: number
  spannedTo: number
}

/** The facts about an element when it opens. */
export interface Opening {
  readonly name: string
  readonly tag: string
  /** The bytes of what opens it again */
  readonly weight: number
  readonly form?: OpenElement['form']
}

/** Opens an element within another. */
export function openUpon(
  below: OpenElement | undefined,
  { name, tag, weight, form }: Opening,
  endTags: readonly string[]
): OpenElement {
  return {
    name,
    tag,
    below,
    depth: (below?.depth ?? 0) + 1,
    tables: (below?.tables ?? 0) + (name === 'TABLE' ? 1 : 0),
    inLink: below?.inLink === true || name === 'A',
    inPre: below?.inPre === true || name === 'PRE',
    form: form ?? below?.form,
    opening: (below?.opening ?? 0) + weight,
    closing: (below?.closing ?? 0) + (needsEndTag(name, endTags) ? name.length + 3 : 0),
    filled: false,
    number: 0,
    rows: 0,
    spannedTo: 0
  }
}

/** The open elements, from the outermost to the innermost. */
function listed(top: OpenElement | undefined): OpenElement[] {
  const elements: OpenElement[] = []
  for (let element = top; element !== undefined; element = element.below) elements.push(element)
  return elements.reverse()
}

/** The end tags of all open elements. */
export const closeAll = (top: OpenElement | undefined, endTags: readonly string[]): string =>
  listed(top)
    .reverse()
    .filter(({ name }) => needsEndTag(name, endTags))
    .map(({ name }) => `</${name}>`)
    .join('')

/**
 * The start tags of all open elements. A numbered list continues its numbers where the profile has START; `next` is the
 * number of the next item if a list is the innermost element. `addTo` returns what follows the start tag of a long
 * form.
 */
export function openAll(
  top: OpenElement | undefined,
  next: number,
  countsOn: boolean,
  addTo: (form: LongForm) => string
): string {
  const elements = listed(top)
  const reopen = (element: OpenElement, at: number): string => {
    if (element.name === 'FORM' && typeof element.form === 'object') return element.tag + addTo(element.form)
    if (element.name !== 'OL' || !countsOn) return element.tag
    const number = elements[at + 1]?.number ?? next
    return number === 1 ? element.tag : element.tag.replace(/ START=\d+/, '').replace('<OL', `<OL START=${number}`)
  }
  // The lines stay short; white space has no meaning before a block or a row.
  return elements
    .map((element, at) => `${at === 0 || kindOf(element.name) === 'inline' ? '' : '\n'}${reopen(element, at)}`)
    .join('')
}
