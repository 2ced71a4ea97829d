import type { Profile } from '../../clients/profile.js'
import type { Parsed } from '../tree/parse.js'
import { attribute, bodyOf, closest, contains, elements, headOf, type Document, type Element } from '../tree/tree.js'

/**
 * No page of 1996 is larger, but for what surely is of its time: lists, guest books and books on one page. Characters.
 */
const OLD_PAGE_CHARACTERS = 64 * 1024
const LONG_PAGE_CHARACTERS = 1024 * 1024
/** The parser adds these, or they are of the head: no profile lists them as drawn. */
const SILENT = new Set('html head body title meta base link isindex tbody thead tfoot'.split(' '))
/** These say how a page looks, sounds or moves. Who does not know them loses that, and nothing of what it says. */
const DECORATIONS =
  'font center basefont big small strike s u sub sup div span nobr wbr blink marquee layer ilayer nolayer spacer ' +
  'multicol embed noembed bgsound applet param iframe object tt dfn ins del abbr acronym q script noscript style'
/** What every client is sent as another element, which looks the same. */
const SENT_AS_OTHERS = ['dir', 'menu', 'xmp', 'listing', 'plaintext']
const PASSED_OVER = new Set([...SILENT, ...SENT_AS_OTHERS, ...DECORATIONS.split(' ')])

/** What nobody wrote but for browsers of its time. */
const OF_ITS_TIME = ['font', 'center', 'basefont', 'blink', 'marquee', 'applet', 'bgsound', 'frameset', 'layer']
const ATTRIBUTES_OF_ITS_TIME = new Set(['bgcolor', 'background', 'alink', 'vlink'])

const CONTROLS = new Set(['input', 'select', 'textarea'])

/** Style sheets of the time give fonts and colours; what lays out a page is of later ones. */
const LAYS_OUT =
  /(?:^|[;{\s])(?:position|float|display|visibility|overflow|flex|grid|columns?|background-image)\s*:|@(?:media|import|supports)/i

const isLater = (name: string): boolean => name === 'srcset' || name === 'role' || /^(?:data|aria)-/.test(name)

/**
 * Whether the document type is HTML 3.2 or older, or missing; or HTML 4.0, in a page that surely is of its time: 4.01
 * was written for twenty years.
 */
function isOldType({ childNodes }: Document, ofItsTime: boolean): boolean {
  const doctype = childNodes.find(node => node.nodeName === '#documentType')
  if (doctype === undefined) return true
  const id = 'publicId' in doctype ? doctype.publicId : ''
  return /IETF|HTML 2|HTML 3/i.test(id) || (ofItsTime && /HTML 4\.0 (?:Transitional|Frameset)/i.test(id))
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

/** Whether an element, with its attributes, may be of an old page that the client can show. */
function isOldElement(element: Element, profile: Profile): boolean {
  const { tagName, attrs } = element
  if (attrs.some(({ name, value }) => isLater(name) || (name === 'style' && LAYS_OUT.test(value)))) return false
  // Mosaic drops controls outside a form.
  if (CONTROLS.has(tagName) && closest(element, 'form') === undefined) return false
  return profile.forms.textType || tagName !== 'input' || !/^text$/i.test(attribute(element, 'type') ?? '')
}

/** Whether its head is written for screens and machines of today. */
function isLaterHead(document: Document): boolean {
  const head = headOf(document)
  return (head === undefined ? [] : elements(head, 'meta')).some(
    meta =>
      attribute(meta, 'charset') !== undefined ||
      attribute(meta, 'property') !== undefined ||
      /^(?:viewport|twitter:.*|theme-color)$/i.test(attribute(meta, 'name') ?? '')
  )
}

const isOfItsTime = (document: Document, names: ReadonlySet<string>): boolean =>
  OF_ITS_TIME.some(name => names.has(name)) ||
  contains(document, ({ attrs }) => attrs.some(({ name }) => ATTRIBUTES_OF_ITS_TIME.has(name)))

/** Programs of the time stand in the page, or in a file beside it. */
const isOldScript = ({ type, address }: Parsed['scripts'][number]): boolean =>
  (type === '' || /javascript|vbscript/i.test(type)) && !/^https:|^\/\//i.test(address)

/** Whether its style sheets and programs are those of old pages. */
function isOldInside({ sheets, scripts, data }: Pick<Parsed, 'sheets' | 'scripts' | 'data'>): boolean {
  return (
    data.length === 0 && scripts.every(isOldScript) && sheets.every(({ text }) => text !== '' && !LAYS_OUT.test(text))
  )
}

export type OldParts = Pick<Parsed, 'document' | 'names' | 'sheets' | 'scripts' | 'data'>

/**
 * Whether a page is old HTML that the client can show: it is small, has nothing of later times, and the client draws
 * what bears its text and its images. What only decorates it may be left out, and its scripts, if it surely is of its
 * time.
 */
export function isOldHtml(page: OldParts, text: string, profile: Profile): boolean {
  const { document, names } = page
  const draws = (name: string): boolean => profile.elements[name.toUpperCase()] !== undefined
  // Most pages are of today: what costs nothing is asked first.
  if (text.length > LONG_PAGE_CHARACTERS) return false
  // One within a drawing is none.
  if (bodyOf(document)?.tagName === 'frameset') return draws('frameset')
  if (isLaterHead(document) || !isOldInside(page)) return false
  const ofItsTime = isOfItsTime(document, names)
  if (!ofItsTime && text.length > OLD_PAGE_CHARACTERS) return false
  if (!isOldType(document, ofItsTime)) return false
  if (profile.forms.simple && names.has('form')) return false
  for (const name of names) if (!draws(name) && !(ofItsTime ? PASSED_OVER : SILENT).has(name)) return false
  if (names.has('table') && !areTablesFlat(document, profile.tables.maxDepth)) return false
  return elements(document).every(element => isOldElement(element, profile))
}
