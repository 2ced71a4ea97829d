/** The beginning of a text that is longer than so many characters, up to a word, with dots. */
export const cutAtWord = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/(?<!\s)\s+\S*$/, '')}...`
