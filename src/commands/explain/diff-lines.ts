/** Lines that are shown of one step. */
const MOST_LINES = 40
/** A longer line is cut. Characters. */
const LINE_CHARACTERS = 160

const linesOf = (markup: string): string[] =>
  markup
    .replace(/(<[^/])/g, '\n$1')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

const counted = (lines: readonly string[]): Map<string, number> =>
  lines.reduce((counts, line) => counts.set(line, (counts.get(line) ?? 0) + 1), new Map<string, number>())

/** What went (-) and what came (+) between two markups that differ, tag by tag; of a new order only that it is one. */
export function diffLines(before: string, after: string): string {
  const old = counted(linesOf(before))
  const now = counted(linesOf(after))
  const changes: string[] = []
  for (const [line, count] of old)
    if (count > (now.get(line) ?? 0))
      changes.push(`- ${line}${count - (now.get(line) ?? 0) > 1 ? ` (${count - (now.get(line) ?? 0)} times)` : ''}`)
  for (const [line, count] of now)
    if (count > (old.get(line) ?? 0))
      changes.push(`+ ${line}${count - (old.get(line) ?? 0) > 1 ? ` (${count - (old.get(line) ?? 0)} times)` : ''}`)
  const shown = changes.slice(0, MOST_LINES).map(line => `${line.slice(0, LINE_CHARACTERS)}\n`)
  if (changes.length > MOST_LINES) shown.push(`... and ${changes.length - MOST_LINES} more\n`)
  return changes.length === 0 ? 'only the order, or blanks\n' : shown.join('')
}
