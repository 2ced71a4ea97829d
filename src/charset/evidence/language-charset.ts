/**
 * The older encodings in which the pages of a language were written, for those in which it is not windows-1252 (HTML
 * Standard, 13.2.3.2, the table of locales).
 */
const OF_LANGUAGES: Readonly<Record<string, string>> = {
  'windows-1251': 'ba be bg kk ky mk ru sah sr tg tt uk',
  'windows-1250': 'cs hr sk',
  'ISO-8859-2': 'hu pl sl',
  'windows-1254': 'az ku tr',
  'windows-1256': 'ar fa',
  'windows-1255': 'he',
  'windows-1257': 'et lt lv',
  'windows-1258': 'vi',
  'windows-874': 'th',
  'ISO-8859-7': 'el',
  Shift_JIS: 'ja',
  'EUC-KR': 'ko',
  Big5: 'zh-tw zh-hk zh-mo zh-hant',
  GBK: 'zh'
}

const CHARSETS: ReadonlyMap<string, string> = new Map(
  Object.entries(OF_LANGUAGES).flatMap(([charset, languages]) =>
    languages.split(' ').map(language => [language, charset] as const)
  )
)

/** The language stands in the first tags of a page. Bytes. */
const LANGUAGE_BYTES = 4096

/** The encoding that a page in an older encoding has by the language that it names, or undefined. */
export function languageCharset(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, LANGUAGE_BYTES).toLowerCase()
  const [, tag] = /<(?:html|body|rss|feed)\b[^<>]*\slang\s*=\s*["']?([a-z-]{2,35})/.exec(start) ?? []
  const named = tag ?? /<language>\s*([a-z-]{2,35})/.exec(start)?.[1]
  if (named === undefined) return undefined
  const [language = '', second = ''] = named.split('-')
  return CHARSETS.get(`${language}-${second}`) ?? CHARSETS.get(language)
}
