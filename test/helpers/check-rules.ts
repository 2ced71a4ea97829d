import type { Profile } from '../../src/clients/profile.js'

// The output rules of docs/clients.md that can be seen in the bytes of a page, each by its number. Where elements may
// stand is read by check-page.ts (R20-R23, R27).

type Report = (problem: string) => void

/** Of R24: a run of text without a space, which MicroWeb and Win16 Netscape must hold whole. Characters. */
const TOKEN_CHARACTERS = 2000
/** Of R18: Contiki keeps 20 bytes of an attribute's name with the end, Arachne 16 of an element's. */
const NAME_CHARACTERS = { element: 15, attribute: 19 }
/** Of R29. Characters. */
const ALT_CHARACTERS = 60
/** Of R30: Netscape refuses larger ones. Pixels. */
const LARGEST_IMAGE = 8000
const NOT_ON_MACS = /[¦²³¹¼½¾ÐðÝýÞþ×]/
const SIX_DIGITS = /^#[0-9A-Fa-f]{6}$/
const COLOURS = ['BGCOLOR', 'TEXT', 'LINK', 'VLINK', 'ALINK', 'COLOR']
const ADDRESSES = ['HREF', 'SRC', 'ACTION', 'USEMAP', 'BACKGROUND', 'CODEBASE']
const TAG = /<(\/?)([^\s<>/]+)([^<>]*)>/g
const ATTRIBUTE = /\s([A-Za-z-]+)(?:=(?:"([^"]*)"|([^\s"]*)))?/g

interface Tag {
  readonly name: string
  readonly end: boolean
  readonly source: string
  readonly attributes: ReadonlyMap<string, string | undefined>
}

function tagsOf(page: string): Tag[] {
  return [...page.matchAll(TAG)].map(([source, slash, name, rest]) => ({
    source,
    name: name!,
    end: slash === '/',
    attributes: new Map(
      [...rest!.matchAll(ATTRIBUTE)].map(([, attribute, quoted, bare]) => [attribute!, quoted ?? bare])
    )
  }))
}

function checkWhole(page: string, profile: Profile, report: Report): void {
  if (/<[A-Za-z][^<>]*\/>/.test(page)) report('a tag ends with /> (R1)')
  if (!/<HTML><HEAD><TITLE>[^<]*<\/TITLE><\/HEAD>\n<BODY[^<>]*>[^]*<\/BODY><\/HTML>\n$/.test(page))
    report('HTML, HEAD, TITLE or BODY is missing, or HEAD holds more (R2, R3)')
  if (/<!(?!DOCTYPE )|<\?|]]>.*<!/.test(page)) report('a comment or declaration (R4)')
  if (/<\/?(SCRIPT|STYLE|TEMPLATE|SVG|NOSCRIPT|IFRAME|FRAMESET|FRAME|META|LINK|BASE)\b/i.test(page))
    report('an element of another time (R3, R5, R49)')
  if (/&#x/i.test(page)) report('a hexadecimal reference (R12)')
  if (/[\t\r]/.test(page)) report('a tab or carriage return (R25, R26)')
  if (
    /="?data:[a-z]+\/[a-z]+[;,]/i.test(page.replace(/>[^<]*</g, '><').replace(/ (VALUE|ALT|TITLE|NAME)="[^"]*"/g, ''))
  )
    report('a data: address (R24)')
  if (/(<BR>\s*){3}/.test(page)) report('more than one empty line (R21)')
  if (profile.text.references && /[^\0-\x7E]/.test(page)) report('a byte above 126 where references are needed (R16)')
  if (!profile.text.references && profile.text.charset === 'us-ascii' && /&#(?!34;)[A-Za-z0-9]/.test(page))
    report('a reference for a client of ASCII (R14)')
}

function checkText(page: string, profile: Profile, report: Report): void {
  for (const text of page.split(/<[^<>]*>/)) {
    for (const token of text.split(/\s+/))
      if (token.length > TOKEN_CHARACTERS) report(`a word of ${token.length} characters (R24)`)
    for (const [reference] of text.matchAll(/&(?:[A-Za-z][A-Za-z0-9]*|#\w*);?/g))
      if (!/^&(amp|lt|gt|#\d+);$/.test(reference)) report(`the reference ${reference} (R10, R11)`)
    if (!profile.text.escapes && /&\S/.test(text))
      report(`& before ${text.slice(text.indexOf('&'), 20)} for a client without references (R10)`)
    // Who has chosen another charset has other fonts.
    if (
      profile.text.macSafe &&
      profile.text.charset === 'iso-8859-1' &&
      NOT_ON_MACS.test(text.replace(/&#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number))))
    )
      report('a character that Macintosh fonts lack (R15)')
  }
}

function checkAddress(tag: Tag, value: string, profile: Profile, report: Report): void {
  if (/&(?!amp;)/.test(value) && profile.ampersand === 'escaped') report(`a bare & in ${tag.source.slice(0, 80)} (R9)`)
  if (profile.ampersand === 'raw' && /&([A-Za-z]|#[A-Za-z0-9])/.test(value))
    report(`a reference in ${tag.source.slice(0, 80)} (R9)`)
  if (/^https:/i.test(value)) report(`${value.slice(0, 60)} (R39)`)
  if (/[^!-~]|["<>\\^`{|}]/.test(value) || /%(?![0-9A-Fa-f]{2})/.test(value))
    report(`${value.slice(0, 60)} is not percent-encoded (R40)`)
  if (/^http:/.test(value) && !/^http:\/\/(?:[!-.0-~]+@)?([a-z0-9._-]+|\[[0-9a-f:]+\])(:(?!80\/)\d+)?\//.test(value))
    report(`${value.slice(0, 60)} is not absolute (R40)`)
}

function checkImage({ attributes, source }: Tag, profile: Profile, report: Report): void {
  const alt = (attributes.get('ALT') ?? '').replace(/&[^;]+;/g, 'x')
  if (alt.length > ALT_CHARACTERS) report(`ALT of ${alt.length} characters (R29)`)
  for (const [name, most] of [
    ['WIDTH', profile.images.maxWidth],
    ['HEIGHT', profile.images.maxHeight]
  ] as const) {
    const pixels = attributes.get(name)
    if (pixels !== undefined && !(/^[1-9]\d*$/.test(pixels) && Number(pixels) <= Math.min(most, LARGEST_IMAGE)))
      report(`${name} in ${source.slice(0, 100)} (R30)`)
  }
  if (attributes.has('WIDTH') !== attributes.has('HEIGHT')) report(`one size of two in ${source.slice(0, 100)} (R30)`)
}

/** What Contiki draws of a form. */
function checkControl({ attributes, source }: Tag, profile: Profile, report: Report): void {
  const type = attributes.get('TYPE')
  if (!profile.forms.textType && type?.toLowerCase() === 'text')
    report(`${source} for a client that makes two lines of it (R52)`)
  if (!profile.forms.simple) return
  const order = [...attributes.keys()].join(' ')
  if (
    !/^TYPE NAME VALUE( SIZE)?$/.test(order) ||
    !/^(text|hidden|submit)$/.test(type ?? '') ||
    (type === 'text' && !attributes.has('SIZE'))
  )
    report(`${source} is not drawn (R52)`)
}

function checkTag(tag: Tag, profile: Profile, report: Report): void {
  if (tag.name.length > NAME_CHARACTERS.element || tag.name !== tag.name.toUpperCase())
    report(`the name ${tag.name} (R18, R19)`)
  for (const [name, value = ''] of tag.attributes) {
    if (name.length > NAME_CHARACTERS.attribute || name !== name.toUpperCase())
      report(`the attribute ${name} (R18, R19)`)
    if (profile.elements[tag.name]?.includes(name) !== true) report(`${tag.name} ${name} (R17)`)
    if (ADDRESSES.includes(name)) checkAddress(tag, value, profile, report)
    else if (/&(?!(amp|lt|gt|#\d+);)/.test(value) && profile.text.escapes)
      report(`a bare & in ${tag.source.slice(0, 80)} (R10)`)
    if (/&(quot|#34|#39);/.test(value) && profile.html === 'html-2.0')
      report(`a quote in ${tag.source.slice(0, 80)} (R7)`)
    if (COLOURS.includes(name) && !SIX_DIGITS.test(value)) report(`${name}=${value} (R28)`)
  }
  if (tag.name === 'BODY' && tag.attributes.has('BGCOLOR') !== tag.attributes.has('TEXT'))
    report('one colour of a pair (R28)')
  if (tag.name === 'IMG') checkImage(tag, profile, report)
  if (tag.name === 'INPUT') checkControl(tag, profile, report)
}

function checkTables(tags: readonly Tag[], profile: Profile, report: Report): void {
  let depth = 0
  const columns: number[] = []
  for (const { name, end, attributes } of tags) {
    if (name === 'TABLE') {
      depth += end ? -1 : 1
      if (depth > profile.tables.maxDepth) report(`tables ${depth} deep (R48)`)
    } else if (name === 'TR') columns[depth] = 0
    else if ((name === 'TD' || name === 'TH') && !end) {
      columns[depth] = (columns[depth] ?? 0) + Number(attributes.get('COLSPAN') ?? 1)
      if (columns[depth]! > profile.tables.maxColumns) report(`a table of ${columns[depth]} columns (R48)`)
    }
  }
}

/** Says which of the rules a page breaks. */
export function checkRules(page: string, profile: Profile, report: Report): void {
  const tags = tagsOf(page)
  checkWhole(page, profile, report)
  checkText(page, profile, report)
  for (const tag of tags) if (!tag.end && tag.name !== '!DOCTYPE') checkTag(tag, profile, report)
  checkTables(tags, profile, report)
  const title = /<TITLE>([^<]*)/.exec(page)?.[1] ?? ''
  if (profile.titles.ascii && /&|[^ -~]/.test(title)) report(`the title ${title} is not plain ASCII (R51)`)
}
