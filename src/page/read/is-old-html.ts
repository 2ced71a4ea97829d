import type { Profile } from '../../clients/profile.js'
import type { Parsed } from '../tree/parse.js'
import { attribute, closest, elements, type Document, type Element } from '../tree/tree.js'

/** No page of 1996 is larger. Characters. */
const OLD_PAGE_CHARACTERS = 64 * 1024
/** The parser adds these, or they are of the head: no profile lists them as drawn. */
const SILENT = new Set(['html', 'head', 'body', 'title', 'meta', 'base', 'isindex', 'tbody', 'thead', 'tfoot'])

const CONTROLS = new Set(['input', 'select', 'textarea'])

/** Whether the document type is HTML 3.2 or older, or missing. */
function isOldType(document: Document): boolean {
  const doctype = document.childNodes.find(node => node.nodeName === '#documentType')
  if (doctype === undefined) return true
  return 'publicId' in doctype && /IETF|HTML 2|HTML 3/i.test(doctype.publicId)
}

/** Whether no table is nested deeper than the profile keeps tables. */
function areTablesFlat(document: Document, deepest: number): boolean {
  const depths = new Map<Element, number>()
  for (const table of elements(document, 'table')) {
    const around = closest(table, 'table')
    const depth = (around === undefined ? 0 : (depths.get(around) ?? 0)) + 1
    if (depth > deepest) return false
    depths.set(table, depth)
  }
  return true
}

/**
 * Whether a page is old HTML that the client can show: it is small, without scripts and styles, and the profile writes
 * all of its elements.
 */
export function isOldHtml(
  { document, names }: Pick<Parsed, 'document' | 'names'>,
  text: string,
  profile: Profile
): boolean {
  if (text.length > OLD_PAGE_CHARACTERS || !isOldType(document)) return false
  if (profile.forms.simple && names.has('form')) return false
  for (const name of names)
    if (name !== 'link' && !SILENT.has(name) && profile.elements[name.toUpperCase()] === undefined) return false
  if (names.has('table') && !areTablesFlat(document, profile.tables.maxDepth)) return false
  return elements(document).every(element => {
    if (
      element.attrs.some(
        ({ name }) => name === 'style' || name === 'srcset' || name.startsWith('on') || name.startsWith('data-')
      )
    )
      return false
    // Mosaic drops controls outside a form.
    if (CONTROLS.has(element.tagName) && closest(element, 'form') === undefined) return false
    if (!profile.forms.textType && element.tagName === 'input' && /^text$/i.test(attribute(element, 'type') ?? ''))
      return false
    return element.tagName !== 'link' || !/stylesheet/i.test(attribute(element, 'rel') ?? '')
  })
}
