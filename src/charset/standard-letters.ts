/**
 * Letters of the Encoding Standard that iconv-lite has as others, by its names of the encodings: Apple put the euro in
 * the place of the currency sign, and its own mark where there was nothing.
 */
const OTHERS: ReadonlyMap<string, ReadonlyArray<readonly [iconv: string, standard: string]>> = new Map([
  [
    'macintosh',
    [
      ['\u2126', '\u03A9'],
      ['\u00A4', '\u20AC'],
      ['\uFFFD', '\uF8FF']
    ]
  ],
  ['macukraine', [['\u00A4', '\u20AC']]]
])

/** A text that iconv-lite has decoded, in the letters of the Encoding Standard. Each stands for one byte in both. */
export const toStandard = (text: string, name: string): string =>
  (OTHERS.get(name) ?? []).reduce((letters, [iconv, standard]) => letters.replaceAll(iconv, standard), text)

/** What iconv-lite encodes in the place of a character; a letter that the standard has not there is none. */
export function fromStandard(character: string, name: string): string {
  const others = OTHERS.get(name) ?? []
  if (others.some(([iconv]) => iconv === character)) return '\uFFFF'
  return others.find(([, standard]) => standard === character)?.[0] ?? character
}
