import type { Source } from '../source.js'
import { endings, endsIn } from '../document-kind.js'
import { escaped, linked, preformatted } from './markup.js'

/** A text with more blocks stays one PRE, because each block is an element. Blocks. */
const MOST_BLOCKS = 5000
/** The lines of hard-wrapped text are no longer than this; longer lines are whole paragraphs. Characters. */
const LONGEST_WRAPPED = 100

/** Endings of files whose line breaks matter. */
const CODE = endings(
  'c cc cpp cxx h hpp m mm java js mjs ts css py rb pl pm php sh bat cmd bas pas asm s inc f for f90 lisp el scm lua go',
  'rs swift tcl sql yaml yml toml ini cfg conf diff patch csv tsv log mak tex htm html json xml'
)

/**
 * Removes what the readers of old text did not see: overstruck letters of manual pages, colours of terminals and the
 * SUB at the end of DOS files. A form feed becomes an empty line.
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
  // Splitting a million lines would make a million strings: half a second for making and collecting them (measured).
  return /[^\S\n]\n/.test(lines)
    ? lines
        .split('\n')
        .map(line => line.trimEnd())
        .join('\n')
    : lines
}

/** Whether most of a text is in lines that are longer than the client's. */
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

/** Whether the spaces of a block matter: it is in columns, a drawing, a listing. */
const isLaidOut = (block: readonly string[]): boolean =>
  block.some(line => /\S {3,}\S|\S\t/.test(line)) ||
  (block.length > 1 && block.every(line => /^[ \t]{2,}\S/.test(line)))

const isItem = (line: string): boolean => /^\s*([-*+•]|\d{1,3}[.)])\s/.test(line)

/** The column at which a text is hard-wrapped; Infinity if it is not. */
function wrapColumn(lines: readonly string[]): number {
  const wrapped = lines.filter(({ length }) => length > 0 && length <= LONGEST_WRAPPED)
  const all = lines.filter(line => line !== '').length
  return wrapped.length < all / 2 ? Infinity : wrapped.reduce((most, { length }) => Math.max(most, length), 0)
}

/** Writes a block as a paragraph. A line break goes where the next word would not have fitted into the line before. */
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

/** Writes text in its lines, or as paragraphs if its lines are longer than the client's. */
export function readPlainText({ text: source, name, type, columns }: Source): string {
  const text = plainText(source)
  const flows = type === 'text/plain' && !endsIn(name, CODE) && isLong(text, columns)
  const lines = flows ? text.split('\n') : []
  const blocks = blocksOf(lines)
  if (!flows || blocks.length > MOST_BLOCKS) return preformatted(name, linked(text))
  const wrap = wrapColumn(lines)
  const html = blocks.map(block =>
    isLaidOut(block) ? `<pre>\n${linked(block.join('\n'))}</pre>` : flowing(block, wrap)
  )
  return `<title>${escaped(name)}</title>${html.join('\n')}`
}
