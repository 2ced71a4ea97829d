import type { Block } from './blocks.js'
import { wordsOf } from './words.js'

/** The headings above a block, as the blocks are gone through in order. */
export class HeadingsAbove {
  readonly #open: Array<{ readonly level: number; readonly score: number }> = []
  #at = -1
  #last = { level: 0, score: 0 }

  /** A heading ends those of its level and below. */
  begin({ heading }: Block): void {
    while (heading > 0 && (this.#open.at(-1)?.level ?? 0) >= heading) this.#open.pop()
  }

  write(put: (value: number) => void, at: number): void {
    put(this.#at === -1 ? -1 : Math.min(50, at - this.#at))
    put(this.#last.level)
    put(this.#last.score)
    put(this.#open.reduce((least, { score }) => Math.min(least, score), 0))
    put(this.#open.length)
  }

  add({ heading, words, text }: Block, at: number, scoreOf: (words: readonly string[]) => number): void {
    if (heading === 0 || words === 0) return
    this.#last = { level: heading, score: scoreOf(wordsOf(text)) }
    this.#at = at
    this.#open.push(this.#last)
  }
}
