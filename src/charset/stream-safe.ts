/** Marks on one letter: no language has so many (UAX #15, Stream-Safe Text Format). */
const MOST_MARKS = 30

/** COMBINING GRAPHEME JOINER, which normalisation does not move marks across. */
const JOINER = '\u034F'

const RUN = new RegExp(`\\p{M}{${MOST_MARKS}}(?=\\p{M})`, 'gu')

/**
 * A text in which no more than 30 combining marks follow each other: normalising takes the square of their number, in
 * native code that nothing ends (UAX #15-D4).
 */
export const streamSafe = (text: string): string => text.replace(RUN, `$&${JOINER}`)
