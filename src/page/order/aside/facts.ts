import type { Block } from '../../content/blocks.js'
import { PRICE } from '../../content/columns.js'

/** What is one of so many alike may be an entry of the list that a page is about. Entries. */
export const SEVERAL = 3
/** A longer text that says who has written the page, or when, is about the author. Words. */
const BYLINE_WORDS = 30
const BYLINE =
  /\b(19|20)\d\d\b|\d ?(min|hour|day)|(?<!powered )\b(by|written|authors?|editor|updated|published|posted|asked|ago|reviewed|von|par|por|di|door|av)\b/i
/** Who has written it, or put it there, and in which year */
const SIGNED = /\b(by|written|updated|published|posted|von|par|por|di|door|av)\b/i
const YEAR = /\b(19|20)\d\d\b/
/** Whose name stands in the block behind */
const NAME_FOLLOWS = /^\W*(\w+ )?(by|von|par|por|di|av|door|autor|author|auteur|text)\W*$/i
/** Whether goods can be had */
const STOCK =
  /\b((in|out of|en|sur) stock|sold out|(un)?available|(auf|nicht) lager|lieferbar|vorrätig|(in)?disponib(le|ile|el|ilità))\b/i
/** With how many goods there are of it, and from one price to another */
const COUNTED = /\(\d[\d.,]*\)\s*$/
const RANGE =
  /\d\D{0,9}(\b(to|bis|à|a|tot|till)\b|[-–—])\D{0,9}\d|\b(under|over|up to|above|below|unter|über|bis)\b|& up/i

/** One of the ranges of prices, or the like, that a list can be narrowed down to: "$20 to $50 (12)". */
const isRange = ({ text, region }: Block): boolean =>
  COUNTED.test(text) || (RANGE.test(text) && (region.alike >= SEVERAL || (region.parent?.alike ?? 0) >= SEVERAL))

/** What a person looks for above a text, however unlikely it is a part of it: who, when, for how much, and whether. */
export const isFact = (block: Block, before: Block | undefined): boolean => saysFact(block, before) && !isRange(block)

/** Whether a block says who has written a text, or when, as above an article. */
export const isSignature = ({ text, words }: Block): boolean =>
  words <= BYLINE_WORDS && YEAR.test(text) && SIGNED.test(text)

const saysFact = ({ text, words }: Block, before: Block | undefined): boolean =>
  words <= BYLINE_WORDS &&
  (BYLINE.test(text) ||
    PRICE.test(text) ||
    STOCK.test(text) ||
    (before !== undefined && NAME_FOLLOWS.test(before.text)))
