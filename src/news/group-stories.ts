import type { Story } from '../page/read/readers/stories.js'

/** A story, and who tells it. */
export interface Headline extends Story {
  readonly source: string
}

/** Stories of one event under the headline of one of them. */
export interface StoryGroup {
  readonly first: Headline
  readonly related: readonly Headline[]
}

export interface Grouping {
  /** ISO 639-1 */
  readonly language: string
  readonly stopWords: ReadonlySet<string>
  /**
   * Feeds that a person has chosen: all that they have is shown, however old. Who writes once a month would never stand
   * beside who writes each hour.
   */
  readonly ofAnyAge?: boolean | undefined
}

/** Of a section; of one with feeds that a person has chosen. */
const MOST_GROUPS = 20
const MOST_CHOSEN_GROUPS = 100
/** Under one headline. */
const MOST_RELATED = 4
/** Headlines that are compared, the first ones of each feed. */
const MOST_HEADLINES = 200
/** What is older than the newest story by so much is no news: feeds that have died. Milliseconds. */
const OLD_MILLISECONDS = 7 * 24 * 3600 * 1000
/** An event that one more publisher tells of stands so many places higher. */
const PLACES_FOR_SOURCE = 4
/** Headlines with so many words in common tell of one event; fewer do if they are half of the shorter one. */
const COMMON_WORDS = 3
const LEAST_COMMON = 2
/** Shorter words are articles and prepositions, but for names in capitals and numbers. Letters. */
const WORD_LETTERS = 4
/** Words are compared so far: what follows is mostly an ending. Letters. */
const STEM_LETTERS = 6

/** Languages without spaces between words. */
const UNSPACED = /^(ja|zh|th)$/

/** The words of a headline that say what it is about, as they are compared. */
export function titleWords(title: string, { language, stopWords }: Grouping): Set<string> {
  const words = UNSPACED.test(language)
    ? [...new Intl.Segmenter(language, { granularity: 'word' }).segment(title)]
        .filter(({ isWordLike }) => isWordLike)
        .map(({ segment }) => segment)
        .filter(word => word.length > 1)
    : (title.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter(
        word =>
          word.length >= WORD_LETTERS || /^[\p{Lu}\p{N}]{2,}$/u.test(word) || /^[\p{Script=Hangul}]{2,}$/u.test(word)
      )
  return new Set(
    words
      .map(word => word.toLowerCase())
      .filter(word => !stopWords.has(word))
      .map(word => (/\p{N}/u.test(word) ? word : word.slice(0, STEM_LETTERS)))
  )
}

function tellTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let common = 0
  for (const word of a) if (b.has(word)) common++
  return common >= COMMON_WORDS || (common >= LEAST_COMMON && common * 2 >= Math.min(a.size, b.size))
}

interface Placed {
  readonly headline: Headline
  readonly place: number
}

/** The stories of all feeds: the first ones of each first, each address once, none that is old where that matters. */
function inOrder(
  feeds: ReadonlyArray<{ readonly source: string; readonly stories: readonly Story[] }>,
  ofAnyAge: boolean
): Placed[] {
  const newest = Math.max(0, ...feeds.flatMap(({ stories }) => stories.map(({ date }) => date)))
  const all = feeds.flatMap(({ source, stories }) =>
    stories
      .filter(({ date }) => ofAnyAge || date === 0 || date > newest - OLD_MILLISECONDS)
      .map((story, place) => ({ headline: { ...story, source }, place }))
  )
  const links = new Set<string>()
  return all
    .sort((a, b) => a.place - b.place || (ofAnyAge ? b.headline.date - a.headline.date : 0))
    .filter(({ headline: { link } }) => !links.has(link) && links.add(link))
    .slice(0, MOST_HEADLINES)
}

/**
 * The stories of a section as its page shows them. They stand as high as their publisher has them, higher the more
 * publishers tell of the same event: headlines that have words in common, as the first one of the event has them.
 */
export function groupStories(
  feeds: ReadonlyArray<{ readonly source: string; readonly stories: readonly Story[] }>,
  grouping: Grouping
): StoryGroup[] {
  const groups: Array<{ words: Set<string>; place: number; headlines: Headline[] }> = []
  for (const { headline, place } of inOrder(feeds, grouping.ofAnyAge === true)) {
    const words = titleWords(headline.title, grouping)
    const group = groups.find(group => tellTheSame(group.words, words))
    if (group === undefined) groups.push({ words, place, headlines: [headline] })
    else if (!group.headlines.some(({ title, source }) => title === headline.title && source === headline.source))
      group.headlines.push(headline)
  }
  const rank = ({ place, headlines }: (typeof groups)[number]): number =>
    place - PLACES_FOR_SOURCE * (new Set(headlines.map(({ source }) => source)).size - 1)
  return groups
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, grouping.ofAnyAge === true ? MOST_CHOSEN_GROUPS : MOST_GROUPS)
    .map(({ headlines: [first, ...related] }) => ({ first: first!, related: related.slice(0, MOST_RELATED) }))
}
