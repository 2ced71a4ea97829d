/** What words say about the text in which they stand: log-odds that it is what the page is about. */
export interface Lexicon {
  /** In the names of an element around it */
  name(word: string): number
  /** In a short block itself */
  cue(word: string): number
  /** In the heading above it */
  heading(word: string): number
}
