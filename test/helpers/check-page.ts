import iconv from 'iconv-lite'
import { charsetNamed } from '../../src/charset/charsets.js'
import { inItsTime } from '../../src/clients/period.js'
import type { Profile } from '../../src/clients/profile.js'
import { checkRules } from './check-rules.js'

// What every page that leaves the proxy must be, whatever came in. This reads bytes as an old browser does and shares
// nothing with the writer that it checks.

const FLOW = ['BODY', 'DIV', 'CENTER', 'BLOCKQUOTE', 'FORM', 'LI', 'DD', 'TD', 'TH']
const HEADINGS = ['H1', 'H2', 'H3', 'H4', 'H5', 'H6']
const BLOCKS = [
  ...HEADINGS,
  'P',
  'PRE',
  'ADDRESS',
  'UL',
  'OL',
  'DL',
  'TABLE',
  'DIV',
  'CENTER',
  'BLOCKQUOTE',
  'FORM',
  'HR',
  'ISINDEX'
]
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  LI: ['UL', 'OL'],
  DT: ['DL'],
  DD: ['DL'],
  TR: ['TABLE'],
  CAPTION: ['TABLE'],
  TD: ['TR'],
  TH: ['TR'],
  OPTION: ['SELECT'],
  AREA: ['MAP'],
  TITLE: ['HEAD']
}
const HOLDS_NO_TEXT = ['UL', 'OL', 'DL', 'TABLE', 'TR', 'SELECT', 'MAP', 'HEAD', 'HTML']
const EMPTY = ['BR', 'HR', 'ISINDEX', 'IMG', 'INPUT', 'AREA', 'WBR', 'EMBED', 'BGSOUND', 'PARAM']
const OPTIONAL_END = ['LI', 'DT', 'DD', 'TR', 'TD', 'TH', 'P', 'OPTION']
const NEVER_EMPTY = [...HEADINGS, 'P', 'LI', 'DT', 'DD', 'TR', 'UL', 'OL', 'DL', 'TABLE', 'B', 'I', 'FORM', 'SELECT']
const NOT_IN_PRE = ['IMG', 'BIG', 'SMALL', 'SUB', 'SUP', 'FONT', ...BLOCKS]
const CONTROLS = ['INPUT', 'SELECT', 'TEXTAREA']
const VOID_VALUES = ['CHECKED', 'SELECTED', 'MULTIPLE', 'ISMAP', 'NOSHADE', 'NOWRAP', 'NOHREF', 'COMPACT', 'NORESIZE']
const ADDRESSES = ['HREF', 'SRC', 'ACTION', 'BACKGROUND', 'CODEBASE']
const ADDRESS =
  /^(http:\/\/(?:[!-.0-~]+@)?([a-z0-9._-]+|\[[0-9a-f:]+\])(:\d+)?\/[!-~]*|#[\w.:-]+|(mailto|ftp|gopher|news|nntp|telnet|wais):[!-~]*)$/
/** On the host of the page; //host/ would be another one. */
const PATH = /^\/(?!\/)[!-~]*$/
/** Lines are broken at the first space after so many characters. */
const LINE_CHARACTERS = 260

const TOKEN = /<(\/?)([A-Z][A-Z0-9]*)((?: [A-Z]+(?:=(?:[A-Za-z0-9]+|"[^"<>]*"))?)*)>/g
const ATTRIBUTE = / ([A-Z]+)(?:=(?:([A-Za-z0-9]+)|"([^"]*)"))?/g

interface Open {
  readonly name: string
  filled: boolean
}

/** What a page says to a reader, and everything that is wrong with it. */
export interface Checked {
  readonly problems: readonly string[]
  /** References decoded, white space as single spaces */
  readonly text: string
  readonly title: string
}

const isLatin = (charset: string): boolean => /^(iso-8859-\d+|us-ascii)$/i.test(charset)

function checkBytes(bytes: Buffer, text: string, profile: Profile, report: (problem: string) => void): void {
  const { charset } = profile.text
  if (isLatin(charset) && bytes.some(byte => byte >= 0x80 && byte <= 0x9f)) report('a byte 80-9F')
  if (/^us-ascii$/i.test(charset) && bytes.some(byte => byte > 0x7e)) report('a byte outside ASCII')
  if (!iconv.encode(text, charsetNamed(charset)!.iconv).equals(bytes)) report(`bytes that ${charset} lacks`)
  const control = /[\0-\x08\x0B-\x1F\x7F-\x9F]/.exec(text)
  if (control !== null) report(`control character ${control[0].charCodeAt(0).toString(16)}`)
}

/** Text between tags, or a value, with its references decoded. */
function decoded(
  text: string,
  profile: Profile,
  where: string,
  report: (problem: string) => void,
  rawAmpersand = false
): string {
  return text.replace(/&(?:(amp|lt|gt)|#(\d+));|&/g, (whole, name: string | undefined, number: string | undefined) => {
    if (name !== undefined) return { amp: '&', lt: '<', gt: '>' }[name]!
    if (number === undefined) {
      if (!rawAmpersand) report(`a bare & in ${where}: ${text.slice(0, 60)}`)
      return whole
    }
    if (Number(number) > 255 && profile.text.charset !== 'utf-8') report(`${whole} in ${where}`)
    if (Number(number) < 32 || (Number(number) > 126 && Number(number) < 160)) report(`${whole} in ${where}`)
    return String.fromCodePoint(Number(number))
  })
}

/** Returns what a reader sees of it: ALT. */
function checkAttributes(name: string, source: string, profile: Profile, report: (problem: string) => void): string {
  let alt = ''
  const seen = new Set<string>()
  for (const [, attribute, bare, quoted] of source.matchAll(ATTRIBUTE)) {
    const value = bare ?? quoted
    if (profile.elements[name]?.includes(attribute!) !== true) report(`<${name} ${attribute}> is not in the profile`)
    if (seen.has(attribute!)) report(`<${name} ${attribute}> twice`)
    seen.add(attribute!)
    if ((value === undefined) !== VOID_VALUES.includes(attribute!)) report(`<${name} ${attribute}=${value}>`)
    if (value === undefined) continue
    const address = ADDRESSES.includes(attribute!)
    const text = decoded(
      value,
      profile,
      `${name} ${attribute}`,
      report,
      !profile.text.escapes || (address && profile.ampersand !== 'escaped')
    )
    if (address && !ADDRESS.test(text) && !(profile.paths === true && PATH.test(text)))
      report(`<${name} ${attribute}> ${text.slice(0, 80)}`)
    if (attribute === 'ALT') alt = ` ${text} `
    if (/[<>]/.test(text) && attribute !== 'VALUE') report(`< or > in <${name} ${attribute}>`)
  }
  if (name === 'A' && !seen.has('HREF') && !seen.has('NAME')) report('<A> without HREF and NAME')
  if (name === 'IMG' && (!seen.has('SRC') || !seen.has('ALT'))) report('<IMG> without SRC or ALT')
  if (name === 'FORM' && !seen.has('ACTION')) report('<FORM> without ACTION')
  return alt
}

/** Where a start tag may stand. */
function checkPlace(
  name: string,
  parent: string,
  within: (name: string) => boolean,
  profile: Profile,
  report: (problem: string) => void
): void {
  const parents = ONLY_IN[name]
  if (parents !== undefined && !parents.includes(parent)) report(`<${name}> in ${parent}`)
  if (BLOCKS.includes(name) && !FLOW.includes(parent)) report(`<${name}> in ${parent}`)
  if (
    parents === undefined &&
    !BLOCKS.includes(name) &&
    !['HTML', 'HEAD', 'BODY'].includes(name) &&
    HOLDS_NO_TEXT.includes(parent)
  )
    report(`<${name}> in ${parent}`)
  if (within('PRE') && NOT_IN_PRE.includes(name)) report(`<${name}> in PRE`)
  if ((name === 'A' || name === 'FORM') && within(name)) report(`<${name}> in ${name}`)
  if (CONTROLS.includes(name) && !within('FORM')) report(`<${name}> outside FORM`)
  if (profile.html !== 'html-4.01' && ['LI', 'DD'].includes(parent) && [...HEADINGS, 'ADDRESS'].includes(name))
    report(`<${name}> in ${parent}`)
  if (profile.html === 'html-2.0' && ['LI', 'DD'].includes(parent) && name === 'HR') report(`<HR> in ${parent}`)
}

function checkLines(page: string, { breaksBehindTags }: Profile, report: (problem: string) => void): void {
  const prose = page.replace(/<(PRE|TEXTAREA|SELECT)\b[^]*?<\/\1>/g, '<$1>')
  // Spaces within tags, and those that fill a cell, are no place to break a line.
  const words = prose.replace(/(<T[DH][^<>]*>) (?=[<\n])/g, '$1').replace(/<[^>]*>/g, tag => tag.replace(/[ \t]/g, 'x'))
  // libwww loses a line break right behind a tag.
  const places = breaksBehindTags ? words : words.replace(/> /g, '>x')
  for (const line of places.split('\n')) {
    if (line.trimEnd().lastIndexOf(' ') > LINE_CHARACTERS)
      report(`a line of ${line.length} characters that could be broken`)
    if (/[ \t]$/.test(line) && line.trim() !== '') report(`a line ends with a space: ${line.slice(-40)}`)
  }
}

const FRAMES =
  /^<!DOCTYPE [^<>]*Frameset[^<>]*>\n(<HTML><HEAD><TITLE>[^<]*<\/TITLE><\/HEAD>\n)((?:<\/?FRAME(?:SET)?[^<>]*>\n)+)<NOFRAMES>/

/** What stands in NOFRAMES is a page of its own; the frames around it are read apart. */
function withoutFrames(page: string, profile: Profile, report: (problem: string) => void): string {
  const [, head = '', frames = ''] = FRAMES.exec(page) ?? []
  if (frames === '') return page
  if (profile.elements.FRAMESET === undefined) report('frames for a client that has none')
  for (const [, name = '', attributes = ''] of frames.matchAll(/<(FRAME|FRAMESET)((?: [^<>]*)?)>/g))
    checkAttributes(name, attributes, profile, report)
  return page.replace(FRAMES, head).replace('</NOFRAMES></FRAMESET>', '')
}

/**
 * Reads a page as sent and says all that is wrong with it. One without its document type is of its time: it may use
 * what its client knows beyond that.
 */
export function checkPage(bytes: Uint8Array, asked: Profile): Checked {
  const problems = new Set<string>()
  const report = (problem: string): void => {
    problems.add(problem)
  }
  const buffer = Buffer.from(bytes)
  const whole = iconv.decode(buffer, charsetNamed(asked.text.charset)!.iconv)
  const declared = asked.doctype !== '' && whole.startsWith('<!DOCTYPE') && !FRAMES.test(whole)
  const profile = declared || asked.period === undefined ? asked : { ...inItsTime(asked), doctype: '' }
  const page = withoutFrames(whole, profile, report)
  checkBytes(buffer, whole, profile, report)
  checkLines(page, profile, report)
  checkRules(page, profile, report)

  const doctype = profile.doctype === '' ? '' : `<!DOCTYPE HTML PUBLIC "${profile.doctype}">\n`
  if (!page.startsWith(`${doctype}<HTML><HEAD><TITLE>`)) report('it does not begin as it must')
  const stack: Open[] = []
  const counts = new Map<string, number>()
  const within = (name: string): boolean => (counts.get(name) ?? 0) > 0
  let text = ''
  let title = ''

  function close(name: string): void {
    const top = stack.pop()
    if (top !== undefined) counts.set(top.name, counts.get(top.name)! - 1)
    if (top === undefined || top.name !== name) return report(`</${name}> closes ${top?.name ?? 'nothing'}`)
    if (!top.filled && NEVER_EMPTY.includes(name)) report(`<${name}> is empty`)
  }
  /** Ends elements whose end tag may be left out, as the document type definition does. */
  function endOptional(ends: (open: Open) => boolean): void {
    while (
      stack.length > 0 &&
      OPTIONAL_END.includes(stack.at(-1)!.name) &&
      !profile.endTags.includes(stack.at(-1)!.name) &&
      ends(stack.at(-1)!)
    )
      close(stack.at(-1)!.name)
  }
  function fill(): void {
    for (let at = stack.length - 1; at >= 0 && !stack[at]!.filled; at--) stack[at]!.filled = true
  }
  function start(name: string): void {
    const parents = ONLY_IN[name]
    if (parents !== undefined) endOptional(open => !parents.includes(open.name))
    else if (BLOCKS.includes(name)) endOptional(open => open.name === 'P' || open.name === 'DT')
  }
  function characters(source: string): void {
    if (source === '') return
    if (/[<>]/.test(source)) report(`a bare < or > near ${source.slice(0, 60)}`)
    const words = decoded(source, profile, 'text', report, !profile.text.escapes)
    const parent = stack.at(-1)?.name ?? 'nothing'
    if (parent === 'TITLE') title += words
    else text += words
    // A cell without text must hold something; ASCII has no no-break space.
    const blankCell = (parent === 'TD' || parent === 'TH') && /^ \s*$/.test(words) && !stack.at(-1)!.filled
    if (
      words.replace(/[\u00A0\u3000]/g, 'x').trim() === '' &&
      !blankCell &&
      (!within('PRE') || HOLDS_NO_TEXT.includes(parent))
    )
      return
    if (HOLDS_NO_TEXT.includes(parent) || parent === 'nothing')
      report(`text in ${parent}: ${words.trim().slice(0, 40)}`)
    fill()
  }

  let from = doctype.length
  TOKEN.lastIndex = from
  for (let match = TOKEN.exec(page); match !== null; match = TOKEN.exec(page)) {
    const [tag, slash, name, attributes] = match
    characters(page.slice(from, match.index))
    from = match.index + tag.length
    if (profile.elements[name!] === undefined) report(`<${name}> is not in the profile`)
    if (slash === '/') {
      endOptional(open => open.name !== name)
      close(name!)
    } else {
      start(name!)
      text += checkAttributes(name!, attributes!, profile, report)
      checkPlace(name!, stack.at(-1)?.name ?? 'nothing', within, profile, report)
      if (EMPTY.includes(name!)) {
        if (name !== 'BR') fill()
      } else {
        // An OPTION may be empty, a choice of nothing, and so may a field to write into.
        if (name === 'OPTION' || name === 'TEXTAREA') fill()
        stack.push({ name: name!, filled: false })
        counts.set(name!, (counts.get(name!) ?? 0) + 1)
      }
    }
    if (BLOCKS.includes(name!) || ONLY_IN[name!] !== undefined || name === 'BR') text += ' '
  }
  if (page.slice(from) !== '\n') report('something stands after </HTML>')
  if (stack.length > 0) report(`${stack.map(open => open.name).join(', ')} not closed`)
  if (title.trim() === '') report('no title')
  if (title.length > profile.titles.length) report(`a title of ${title.length} characters`)
  return { problems: [...problems], text: text.replace(/\s+/g, ' '), title }
}
