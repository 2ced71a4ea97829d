import type { Edition } from './editions.js'

/** What tells the edition of a person who names none. */
export interface Wish {
  /** Chosen by "(Change)"; there may be no edition of that name any more */
  readonly chosen: string | undefined
  /** Accept-Language, RFC 9110 12.5.4 */
  readonly acceptLanguage: string | undefined
}

interface Editions {
  readonly editions: ReadonlyMap<string, Edition>
  /** Of the settings */
  readonly firstEdition: Edition
}

/** Language ranges that are looked at. */
const MOST_RANGES = 10

/** The languages of Accept-Language that are ones, the most wanted first. */
function localesOf(acceptLanguage: string): Intl.Locale[] {
  const ranges = acceptLanguage.split(',', MOST_RANGES).map(range => {
    const [tag = '', ...parameters] = range.split(';').map(part => part.trim())
    const quality = parameters
      .map(parameter => /^q=([\d.]{1,5})$/i.exec(parameter)?.[1])
      .find(value => value !== undefined)
    return { tag, quality: quality === undefined ? 1 : Number(quality) }
  })
  return ranges
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .flatMap(({ tag }) => {
      try {
        return [new Intl.Locale(tag)]
      } catch {
        return []
      }
    })
}

/** Editions are named by country (ISO 3166), and by language too where a country has several; int is none. */
const countryOf = ({ id }: Edition): string => /^([a-z]{2})(-|$)/.exec(id)?.[1]?.toUpperCase() ?? ''

/** Browsers name the two ways to write Norwegian, editions the language (ISO 639-1). */
const LANGUAGES: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' }

/**
 * The edition that comes first: the one that was chosen; else the one for the country and language that the browser
 * asks for, else for the language; else that of the settings. One's own feeds (`my`) stand before what a browser says.
 */
export function pickEdition(
  { editions, firstEdition }: Editions,
  ownEdition: string,
  { chosen, acceptLanguage = '' }: Wish
): Edition {
  const known = editions.get(chosen ?? '')
  if (known !== undefined || firstEdition.id === ownEdition) return known ?? firstEdition
  const others = [...editions.values()].filter(({ id }) => id !== ownEdition)
  for (const locale of localesOf(acceptLanguage)) {
    const language = LANGUAGES[locale.language] ?? locale.language
    const inLanguage = others.filter(edition => edition.language === language)
    // "en" alone is what the settings say of English; of other languages it is the country with most who speak it
    // (CLDR).
    if (locale.region === undefined && firstEdition.language === language) return firstEdition
    const region = locale.maximize().region
    const found =
      inLanguage.find(edition => countryOf(edition) === region) ??
      inLanguage.find(({ id }) => id === firstEdition.id) ??
      inLanguage.find(({ id }) => id === language) ??
      inLanguage[0]
    if (found !== undefined) return found
  }
  return firstEdition
}
