/**
 * A part of a pixel that a sample goes further each time (half of the root of five, without its whole part): with whole
 * steps it would have the same columns of each row where the width is a multiple, and know nothing of lines in others.
 */
const FURTHER = 0.118

/** How many pixels on the next one of a sample is, of which a whole number of pixels is about every `step`-th. */
export const strideOf = (step: number): number => (step === 1 ? 1 : step + FURTHER)
