/**
 * The most combining marks in a row: "Stream-Safe Text Format" of Unicode (UAX #15, section 13) has 30, more than any
 * language needs. Further marks are left out. Unicode puts a joiner between them instead; here they would be sent to
 * machines that print each on a line of its own.
 */
const MOST_MARKS = 30

/** Combining marks, and the two half-width letters that NFKC turns into marks. */
const MARK = /[\p{M}\uFF9E\uFF9F]/u
const TOO_MANY = new RegExp(`${MARK.source}{${MOST_MARKS + 1}}`, 'u')

/** One pattern for a run of any length would overflow the stack of the regular expression. */
function streamSafe(text: string): string {
  if (!TOO_MANY.test(text)) return text
  let safe = ''
  let marks = 0
  for (const character of text) {
    marks = MARK.test(character) ? marks + 1 : 0
    if (marks <= MOST_MARKS) safe += character
  }
  return safe
}

/**
 * Normalises text in linear time. ICU sorts marks by moving each past those before it, and cannot be stopped: 2 MB of
 * two alternating marks took it four minutes.
 */
export const normalised = (text: string, form: 'NFC' | 'NFD' | 'NFKC'): string => streamSafe(text).normalize(form)
