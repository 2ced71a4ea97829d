import { lettersOf } from '../content/words.js'

/** HTML begins so somewhere; < alone may be mathematics. */
const MARKUP = /<(p|br|a|div|b|i|strong|em|h[1-6]|ul|ol|li|figure|span|img|table|blockquote|pre|section)[\s/>]/i
/** Shorter texts are labels. Characters. */
const LEAST_PROSE = 60
const LEAST_CHINESE = 20
/** Words of a text; longer ones are keys and codes. Characters. */
const LONGEST_WORD = 60
/** What is looked at of a long text. Characters. */
const SAMPLE = 2000

/** A text with a space for each tag. */
export const withoutTags = (text: string): string => text.replace(/<[^<>]{0,500}>/g, ' ')

export const isMarkup = (text: string): boolean => MARKUP.test(text.slice(0, SAMPLE))

/** Programs, style sheets, JSON, queries of GraphQL, drawings, addresses, bytes in letters. */
const CODE =
  /^\s*[{[(]|^(https?:|data:|\/)\S*$|^\s*(query|mutation|fragment|function|var|const|import|@media|<svg|<script|<style|<link|<meta|<iframe|<!doctype)\b|=>|\bfunction\s?\(|[{};]\s*[\w.#-]{1,40}\s*[:=]|\{\{|%\{|\$\{/i

/** Characters of scripts that are written without spaces. */
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uac00-\ud7af]/g

/** Whether a text is made of sentences that somebody may want to read, by its shape. */
export function isProse(text: string): boolean {
  if (text.length < LEAST_CHINESE) return false
  const start = text.slice(0, SAMPLE)
  if (CODE.test(start)) return false
  const plain = withoutTags(start).trim()
  if ((plain.match(UNSPACED)?.length ?? 0) >= LEAST_CHINESE) return true
  if (plain.length < LEAST_PROSE) return false
  const words = plain.split(/\s+/)
  const long = words.filter(word => word.length > LONGEST_WORD && !/^\(?https?:/.test(word)).length
  const letters = plain.match(/[\p{L}\p{M}\s.,;:!?'"’“”()-]/gu)?.length ?? 0
  return words.length >= 8 && long * 20 <= words.length && letters >= plain.length * 0.8
}

/** What remains of two texts that say the same, as HTML or without: letters and digits. */
export const lettersInHtml = (text: string): string =>
  lettersOf(withoutTags(text).replace(/&(#\d{1,7}|#x[\da-f]{1,6}|\w{2,10});/gi, ' '))
