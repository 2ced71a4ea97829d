import type { CaseReport, FileReport } from './report.js'

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)

/** One line for a file, and what failed in it. */
export function sayFile({ file, passed, failed, skipped, milliseconds }: FileReport): void {
  const counts = `${passed} passed${skipped === 0 ? '' : `, ${skipped} skipped`}`
  console.log(`${failed.length === 0 ? 'ok    ' : 'FAILED'} ${file}: ${counts}, ${seconds(milliseconds)} s`)
  for (const { name, details } of failed) console.log(`  failed: ${name}\n${details.replace(/^/gm, '    ')}`)
}

/** What took longest: files by their work, then cases by their work, then cases by what they waited. */
export function saySlowest(reports: readonly FileReport[], count: number): void {
  const cases = reports.flatMap(({ file, cases }) => cases.map(one => ({ ...one, name: `${file}: ${one.name}` })))
  const files = reports.map(report => ({ ...report, name: report.file }))
  const waited = ({ milliseconds, cpuMilliseconds }: CaseReport): number => milliseconds - cpuMilliseconds
  const say = (title: string, rows: readonly CaseReport[], measure: (row: CaseReport) => number): void => {
    console.log(`\n${title}: CPU s, wall s`)
    for (const row of [...rows].sort((a, b) => measure(b) - measure(a)).slice(0, count))
      console.log(`${seconds(row.cpuMilliseconds).padStart(7)} ${seconds(row.milliseconds).padStart(7)}  ${row.name}`)
  }
  say('files that work longest', files, row => row.cpuMilliseconds)
  say('tests that work longest', cases, row => row.cpuMilliseconds)
  say('tests that wait longest', cases, waited)
  console.log('')
}
