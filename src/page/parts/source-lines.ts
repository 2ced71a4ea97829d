import type { Written } from '../write/serialize.js'

/** The Original source line as the parts of a page have it; empty where they have none. */
export interface SourceLines {
  /** At the first part: all of it */
  readonly first: string
  /** At each further part */
  readonly further: string
  readonly isTop: boolean
}

/** A page whose line is taken out of its body. */
export interface Unlined {
  readonly written: Written
  readonly lines: SourceLines
}

const without = (text: string, end: string): string => (text.endsWith(end) ? text.slice(0, -end.length).trim() : text)

/** Takes the Original source line out of the body of a page, so that each part has it. */
export function withoutLine(written: Written): Unlined {
  const { body, marks } = written
  const { line, rest } = marks
  const isTop = line?.place === 'top'
  const further = line?.further() ?? ''
  if (line?.at === undefined) return { written, lines: { first: '', further, isTop } }
  const [before, after] = [body.slice(0, line.at), body.slice(line.at)]
  if (!isTop)
    return {
      written: { ...written, body: before },
      lines: { first: after.replace('<HR>', '').trim(), further, isTop }
    }
  const first = without(before.trim(), '<HR>')
  const shifted = rest === undefined ? {} : { rest: { ...rest, at: rest.at - before.length } }
  return { written: { ...written, body: after, marks: shifted }, lines: { first, further, isTop } }
}
