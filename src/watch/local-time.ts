const MINUTE_MILLISECONDS = 60_000

/** A moment as ISO 8601 writes it, by the clock of the machine, to the second: 2026-11-28T23:05:09+01:00. */
export function localTime(moment: Date): string {
  const offset = -moment.getTimezoneOffset()
  const shifted = new Date(moment.getTime() + offset * MINUTE_MILLISECONDS).toISOString().slice(0, 19)
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map(part =>
    String(part).padStart(2, '0')
  )
  return `${shifted}${offset < 0 ? '-' : '+'}${hours}:${minutes}`
}
