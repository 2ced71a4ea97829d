export const PLUS = 0x2b
export const PERCENT = 0x25
export const SPACE = 0x20

/** The value of a hexadecimal digit, or NaN. */
const digit = (code = 0): number =>
  code >= 0x30 && code <= 0x39
    ? code - 0x30
    : (code | 0x20) >= 0x61 && (code | 0x20) <= 0x66
      ? (code | 0x20) - 0x57
      : Number.NaN

/** Decodes a name or a value of a query or a form (URL Standard 5.1). The text is bytes as Latin-1. */
export function formBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] ?? 0
    const byte = code === PERCENT ? digit(bytes[at + 1]) * 16 + digit(bytes[at + 2]) : Number.NaN
    if (!Number.isNaN(byte)) at += 2
    bytes[length++] = Number.isNaN(byte) ? (code === PLUS ? SPACE : code) : byte
  }
  return bytes.subarray(0, length)
}
