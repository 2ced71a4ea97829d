/**
 * The top-level domains of the languages in whose older pages not windows-1252 was used, for those whose domain has
 * another name than the language or stands for several (HTML Standard, 13.2.3.2, the table of locales; chardetng knows
 * the encodings of each domain).
 */
const OF_LANGUAGES: Readonly<Record<string, string>> = {
  by: 'be',
  ru: 'ba ru sah tt',
  kz: 'kk',
  kg: 'ky',
  rs: 'sr',
  tj: 'tg',
  ua: 'uk',
  cz: 'cs',
  si: 'sl',
  tr: 'ku tr',
  ir: 'fa',
  eg: 'ar',
  il: 'he iw',
  ee: 'et',
  vn: 'vi',
  gr: 'el',
  jp: 'ja',
  kr: 'ko',
  tw: 'zh-tw zh-hant',
  hk: 'zh-hk',
  mo: 'zh-mo',
  cn: 'zh'
}
/** Languages whose domain has their own name. */
const SAME = 'az bg fr hr hu is it lt lv mk mn nl pl pt ro sk th de es fi'

const DOMAINS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(OF_LANGUAGES).flatMap(([domain, languages]) =>
    languages.split(' ').map(language => [language, domain] as const)
  ),
  ...SAME.split(' ').map(language => [language, language] as const)
])

/** The language stands in the first tags of a page. Bytes. */
const LANGUAGE_BYTES = 4096

const NAMED = [
  /<(?:html|body|rss|feed)\b[^<>]*\slang\s*=\s*["']?([a-z-]{2,35})/,
  /<meta\s(?=[^<>]{0,200}\bcontent-language\b)[^<>]{0,200}\bcontent\s{0,9}=\s{0,9}["']?([a-z-]{2,35})/,
  /<language>\s*([a-z-]{2,35})/
]

/**
 * The top-level domain of the country whose language a page names, or undefined. English says nothing: programs that
 * write pages say it of all of them.
 */
export function languageDomain(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, LANGUAGE_BYTES).toLowerCase()
  const named = NAMED.map(pattern => pattern.exec(start)?.[1]).find(tag => tag !== undefined)
  if (named === undefined) return undefined
  const [language = '', second = ''] = named.split('-')
  return DOMAINS.get(`${language}-${second}`) ?? DOMAINS.get(language)
}
