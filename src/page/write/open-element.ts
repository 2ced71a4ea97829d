import { kindOf, needsEndTag } from './model.js'

/** A form that is longer than a part. */
export interface LongForm {
  /** Its hidden fields, which every part of it sends */
  readonly hidden: ReadonlyArray<{ readonly at: number; readonly tag: string }>
  /** Where its first and its last control stand; characters */
  readonly first: number
  readonly last: number
}

/** An element that is open at some place of what was written, upon those around it. */
export interface OpenElement {
  readonly name: string
  /** As it is opened again in the next part */
  readonly tag: string
  readonly below: OpenElement | undefined
  readonly depth: number
  /** Tables it stands in, itself too */
  readonly tables: number
  /** It is, or stands in, a link */
  readonly inLink: boolean
  readonly inPre: boolean
  /** The form it stands in: one that must stay whole, or a long one */
  readonly form: 'whole' | LongForm | undefined
  /** Bytes of all start tags up to this one, and of all end tags */
  readonly opening: number
  readonly closing: number
  /** Something to see stands in it */
  filled: boolean
  /** Of an item: its number in its list. Of a list: that of its last item */
  number: number
  /** Of a table: its rows, and the row that cells of earlier rows reach down to */
  rows: number
  spannedTo: number
}

/** What is known of an element when it opens. */
export interface Opening {
  readonly name: string
  readonly tag: string
  /** Bytes of what opens it again */
  readonly weight: number
  readonly form?: OpenElement['form']
}

const hasEndTag = (name: string, endParagraphs: boolean): boolean => needsEndTag(name, endParagraphs)

/** Opens an element upon another. */
export function openUpon(
  below: OpenElement | undefined,
  { name, tag, weight, form }: Opening,
  endParagraphs: boolean
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
    closing: (below?.closing ?? 0) + (hasEndTag(name, endParagraphs) ? name.length + 3 : 0),
    filled: false,
    number: 0,
    rows: 0,
    spannedTo: 0
  }
}

/** From the outermost to the innermost. */
function listed(top: OpenElement | undefined): OpenElement[] {
  const elements: OpenElement[] = []
  for (let element = top; element !== undefined; element = element.below) elements.push(element)
  return elements.reverse()
}

/** The end tags of all that is open. */
export const closeAll = (top: OpenElement | undefined, endParagraphs: boolean): string =>
  listed(top)
    .reverse()
    .filter(({ name }) => hasEndTag(name, endParagraphs))
    .map(({ name }) => `</${name}>`)
    .join('')

/**
 * The start tags of all that is open. A numbered list goes on counting where the profile has START; `next` is the
 * number of the item that comes if a list is the innermost. `addTo` says what comes with the start of a long form.
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
  // Lines stay short; white space means nothing before a block or a row.
  return elements
    .map((element, at) => `${at === 0 || kindOf(element.name) === 'inline' ? '' : '\n'}${reopen(element, at)}`)
    .join('')
}
