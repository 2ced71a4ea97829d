/** No text has a larger share of control characters, whatever its charset. */
const MOST_CONTROLS = 0.05

/** Whether the first bytes of a text are binary data: servers send files that they do not know as text/plain. */
export function isBinary(start: Buffer): boolean {
  const utf16 =
    start.length >= 2 && ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff))
  if (utf16) return false
  let controls = 0
  for (const byte of start) {
    if (byte === 0) return true
    // Backspace and escape are in manual pages and ISO-2022-JP, and SUB ends files of CP/M and DOS.
    if (byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 14 && byte !== 15 && byte !== 26 && byte !== 27) controls++
  }
  return controls > start.length * MOST_CONTROLS
}
