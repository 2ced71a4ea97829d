/** Writes a duration of ISO 8601 as a player shows it: PT1H2M3S is 1:02:03, PT185S is 3:05. Empty if it is invalid. */
export function clock(duration: string): string {
  const [, hours, minutes, seconds] = /^PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d+)?S)?$/.exec(duration) ?? []
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
  if (total === 0) return ''
  const two = (number: number): string => String(number).padStart(2, '0')
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
