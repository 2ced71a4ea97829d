/** A text offers a place to cut after this many characters. */
const TEXT_STEP = 200
/** The length of the longest reference, &#1114111;. Characters. */
const LONGEST_REFERENCE = 10

/** A place in a text where it may be cut. */
export interface TextCut {
  /** Where the part before it ends. Characters */
  readonly end: number
  /** Where the part after it begins: after a space or line end that is left out */
  readonly start: number
  readonly kind: 'line' | 'space' | 'word'
}

/** Moves a place out of a reference, or from between a pair of surrogates. */
function beforeCharacter(text: string, end: number): number {
  const begun = /&[^&;]*$/.exec(text.slice(end - LONGEST_REFERENCE, end))
  if (begun !== null) return end - begun[0].length
  return /[\uDC00-\uDFFF]/.test(text.charAt(end)) ? end - 1 : end
}

/**
 * The places of a text: each line end of PRE, a space in each step, and one within words that are longer than a step.
 */
export function* textCuts(text: string, isPre: boolean): Generator<TextCut> {
  let last = 0
  let noted = -TEXT_STEP
  for (const { 0: found, index } of text.matchAll(/[ \n]|[^ \n]{200}/g)) {
    const isBlank = found.length === 1
    const isLine = isPre && found === '\n'
    if (!isLine && index - noted < TEXT_STEP && isBlank) continue
    const end = isBlank ? index : beforeCharacter(text, index + found.length)
    if (end < last || (end === last && !isBlank)) continue
    yield { end, start: isBlank ? end + 1 : end, kind: isLine ? 'line' : isBlank ? 'space' : 'word' }
    last = end
    noted = end
  }
}
