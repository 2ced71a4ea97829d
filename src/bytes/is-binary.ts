/** So large a share of control characters is in no text, whatever its charset. */
const MOST_CONTROLS = 0.05

/** Whether the first bytes of what is called text are none: servers call files text/plain that they do not know. */
export function isBinary(start: Buffer): boolean {
  const utf16 =
    start.length >= 2 && ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff))
  if (utf16) return false
  let controls = 0
  for (const byte of start) {
    if (byte === 0) return true
    // Back space and escape are in manual pages and ISO-2022-JP, SUB ends files of CP/M and DOS.
    if (byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 14 && byte !== 15 && byte !== 26 && byte !== 27) controls++
  }
  return controls > start.length * MOST_CONTROLS
}
