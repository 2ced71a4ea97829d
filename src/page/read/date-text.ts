const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December'
]

/**
 * Writes a date with a time zone as people read it. Any other date stays as it is, because its time would be a guess.
 */
export function dateText(date: string): string {
  const time = /^\d{4}-\d\d-\d\d|(?:[+-]\d{4}|GMT|UTC?|Z)\s*$/.test(date) ? Date.parse(date) : NaN
  if (Number.isNaN(time)) return date.trim()
  const at = new Date(time)
  const clock = /[T:]/.test(date) ? `, ${at.toISOString().slice(11, 16)} UTC` : ''
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ''} ${at.getUTCFullYear()}${clock}`
}
