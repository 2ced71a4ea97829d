/**
 * More marks in a row than this are no writing: "Stream-Safe Text Format" of Unicode (UAX #15, section 13) has 30, more
 * than any language needs. Those beyond are left out. Unicode puts a joiner between them instead; here they would be
 * sent to machines that print each on a line of its own.
 */
const MOST_MARKS = 30

/** Marks, and the two letters of half width that NFKC makes marks of. */
const MARK = /[\p{M}\uFF9E\uFF9F]/u
const TOO_MANY = new RegExp(`${MARK.source}{${MOST_MARKS + 1}}`, 'u')

/** A pattern of runs without end would fill the stack of the regular expression with the longest. */
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
 * Text in a normalization form of Unicode, in time that grows with its length. ICU puts marks in order by moving each
 * past those before it, and cannot be stopped: 2 MB of two marks in turn took it four minutes.
 */
export const normalised = (text: string, form: 'NFC' | 'NFD' | 'NFKC'): string => streamSafe(text).normalize(form)
