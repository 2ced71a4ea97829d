/** Decodes percent-encoded UTF-8; text that is not encoded well comes back as it is. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
