import { elements, textOf, textsInOrder, type Element, type Text } from '../tree/tree.js'

/** A longer line is no row of columns. Characters. */
const WIDEST_ROW = 500
/** So much of a gap between two columns stays. Characters. */
const LEAST_GAP = 2

/** Columns without ink from the first one to the one before the end. */
interface Gap {
  readonly from: number
  readonly length: number
  /** It may go to here: what all lines begin with is no gap between columns. */
  readonly least: number
}

const isBlankAt = (value: string, at: number): boolean => value[at] === ' ' || value[at] === '\u00A0'

/** A line that is drawn across all columns, in one run; its ink may go with theirs. */
const RULE = /^[-=_+|:]+$/
const RUN = /--|==|__/
const isRule = (row: string): boolean => RULE.test(row) && RUN.test(row)
/** Fewer rows are no table. */
const LEAST_ROWS = 2

/** Which columns have ink in some line, up to the end of the widest; undefined where these are no rows. */
function inkIn(text: string): Uint8Array | undefined {
  const ink = new Uint8Array(WIDEST_ROW)
  let [widest, rows] = [0, 0]
  for (const line of text.split('\n')) {
    const row = line.trimEnd()
    if (row.length > WIDEST_ROW) return undefined
    widest = Math.max(widest, row.length)
    if (row === '' || isRule(row)) continue
    rows++
    for (let at = 0; at < row.length; at++) if (!isBlankAt(row, at)) ink[at] = 1
  }
  return rows < LEAST_ROWS ? undefined : ink.subarray(0, widest)
}

function gapsIn(ink: Uint8Array): Gap[] {
  const gaps: Gap[] = []
  for (let from = ink.indexOf(0); from >= 0;) {
    const next = ink.indexOf(1, from)
    const end = next < 0 ? ink.length : next
    gaps.push({ from, length: end - from, least: from === 0 ? 0 : LEAST_GAP })
    from = ink.indexOf(0, end)
  }
  return gaps
}

/** How much of a gap goes if none is to be longer than so many characters. */
const goes = ({ length, least }: Gap, longest: number): number => Math.max(0, length - Math.max(longest, least))

/** The columns that may go so that so many fewer are left, the longest gaps first; undefined if there are too few. */
function columnsToGo(gaps: readonly Gap[], tooMany: number): Uint8Array | undefined {
  const sum = (longest: number): number => gaps.reduce((all, gap) => all + goes(gap, longest), 0)
  let longest = gaps.reduce((most, { length }) => Math.max(most, length), 0)
  while (longest > 0 && sum(longest) < tooMany) longest--
  if (sum(longest) < tooMany) return undefined
  const gone = new Uint8Array(WIDEST_ROW)
  for (const gap of gaps) gone.fill(1, gap.from, gap.from + goes(gap, longest))
  return gone
}

/** Takes the characters of these columns out of all lines. */
function takeOut(texts: readonly Text[], gone: Uint8Array): void {
  let column = 0
  for (const text of texts) {
    const kept: string[] = []
    let from = 0
    for (let at = 0; at < text.value.length; at++) {
      if (text.value[at] === '\n') column = 0
      else if (gone[column++] === 1) {
        kept.push(text.value.slice(from, at))
        from = at + 1
      }
    }
    if (from > 0) text.value = kept.join('') + text.value.slice(from)
  }
}

/**
 * Makes the gaps between columns narrower where the lines of PRE are too wide for the screen: the list of a directory has
 * 51 characters for names. Broken lines would show its sizes below the names. Linear in the text.
 *
 * @param columns characters in a line
 */
export function narrowGaps(pre: Element, columns: number): void {
  // In code, blanks may be a part of a text.
  if (elements(pre, 'br', 'img', 'code').length > 0) return
  const text = textOf(pre)
  const ink = text.includes('\t') ? undefined : inkIn(text)
  if (ink === undefined || ink.length <= columns) return
  const gone = columnsToGo(gapsIn(ink), ink.length - columns)
  if (gone !== undefined) takeOut(textsInOrder(pre), gone)
}
