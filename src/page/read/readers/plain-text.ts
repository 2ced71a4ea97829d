import type { Source } from '../source.js'
import { escaped, linked, preformatted } from './markup.js'

/** More blocks than this stay one PRE: each is an element of its own. Blocks. */
const MOST_BLOCKS = 5000
/** Lines of hard-wrapped text are no longer; longer ones are whole paragraphs. Characters. */
const LONGEST_WRAPPED = 100

/** Names whose lines mean something as they stand. */
const CODE =
  /\.(c|cc|cpp|cxx|h|hpp|m|mm|java|js|mjs|ts|css|py|rb|pl|pm|php|sh|bat|cmd|bas|pas|asm|s|inc|f|for|f90|lisp|el|scm|lua|go|rs|swift|tcl|sql|ya?ml|toml|ini|cfg|conf|diff|patch|csv|tsv|log|mak|tex|html?|json|xml)$/i

/**
 * Old text as its readers saw it: overstruck letters of manual pages, colours of terminals and the SUB that ends files
 * of DOS are left out, a form feed is an empty line.
 */
function plainText(text: string): string {
  const plain = /[\x08\x0C\x1A\x1B]/.test(text)
    ? text
        .replace(/.\x08/g, '')
        .replace(/\x1B\[[\d;?]{0,20}[A-Za-z]/g, '')
        .replaceAll('\f', '\n')
        .replace(/\x1A[^]*/, '')
    : text
  const lines = plain.trimEnd().replace(/\r\n?/g, '\n')
  // A million lines are a million texts: half a second of making and clearing them away (measured).
  return /[^\S\n]\n/.test(lines)
    ? lines
        .split('\n')
        .map(line => line.trimEnd())
        .join('\n')
    : lines
}

/** Whether most of a text stands in lines that are longer than the client's. */
function isLong(text: string, columns: number): boolean {
  let all = 0
  let long = 0
  for (let start = 0, end = 0; end < text.length; start = end + 1) {
    end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    all += end - start
    if (end - start > columns) long += end - start
  }
  return long > all / 2
}

/** Columns, drawings, listings: blocks whose blanks mean something. */
const isLaidOut = (block: readonly string[]): boolean =>
  block.some(line => /\S {3,}\S|\S\t/.test(line)) ||
  (block.length > 1 && block.every(line => /^[ \t]{2,}\S/.test(line)))

const isItem = (line: string): boolean => /^\s*([-*+•]|\d{1,3}[.)])\s/.test(line)

/** Where the lines of a hard-wrapped text end, or Infinity if it is none. */
function wrapColumn(lines: readonly string[]): number {
  const wrapped = lines.filter(({ length }) => length > 0 && length <= LONGEST_WRAPPED)
  const all = lines.filter(line => line !== '').length
  return wrapped.length < all / 2 ? Infinity : wrapped.reduce((most, { length }) => Math.max(most, length), 0)
}

/** A block whose lines run on where the word that follows would not have fitted. */
function flowing(block: readonly string[], wrap: number): string {
  const [first = '', ...following] = block
  let before = first
  let html = linked(first.trim())
  for (const line of following) {
    const word = /\S+/.exec(line)?.[0] ?? ''
    const soft = before.length <= LONGEST_WRAPPED && before.length + 1 + word.length > wrap && !isItem(line)
    html += `${soft ? ' ' : '<br>\n'}${linked(line.trim())}`
    before = line
  }
  return `<p>${html}</p>`
}

function blocksOf(lines: readonly string[]): string[][] {
  const blocks: string[][] = []
  let block: string[] = []
  for (const line of [...lines, '']) {
    if (line !== '') block.push(line)
    else if (block.length > 0) {
      blocks.push(block)
      block = []
    }
  }
  return blocks
}

/** Text as it stands, in lines; or as paragraphs, if its lines are longer than the client's. */
export function readPlainText({ text: source, name, type, columns }: Source): string {
  const text = plainText(source)
  const flows = type === 'text/plain' && !CODE.test(name) && isLong(text, columns)
  const lines = flows ? text.split('\n') : []
  const blocks = blocksOf(lines)
  if (!flows || blocks.length > MOST_BLOCKS) return preformatted(name, linked(text))
  const wrap = wrapColumn(lines)
  return `<title>${escaped(name)}</title>${blocks.map(block => (isLaidOut(block) ? `<pre>\n${linked(block.join('\n'))}</pre>` : flowing(block, wrap))).join('\n')}`
}
