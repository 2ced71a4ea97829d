/** A charset that pages can be sent in. */
export interface Charset {
  /** Its name in HTTP and MIME */
  readonly name: string
  /** Its name in iconv-lite */
  readonly iconv: string
  /** Its title for people: which languages it is for, and on which systems */
  readonly title: string
  /** Other names, in lower case, that clients send in Accept-Charset */
  readonly aliases?: readonly string[]
  /**
   * The iconv-lite name of the charset in which a Macintosh displays it: characters that this one lacks are not on its
   * screen
   */
  readonly mac?: string
  /** A Content-Type without a parameter means it: RFC 2616 3.4.1, and what browsers do (docs/clients.md R34) */
  readonly isDefault?: true
  /** One character may be several bytes */
  readonly multiByte?: true
  /**
   * Matches the bytes of those characters, as Latin-1, that fonts of the time have: iconv-lite also writes the larger
   * sets of later years under the same names.
   */
  readonly bytes?: RegExp
}

/**
 * Both bytes are in the upper half: the national standard itself, without the characters that vendors put in between.
 */
const UPPER_PAIR = /^[\xA1-\xFE]{2}$/

/**
 * THE LIST of charsets that pages can be sent in, as people choose from it. Netscape 3 knows the names of its libi18n
 * (x-mac-ce, x-mac-cyrillic); ISO-8859-8-I means that Hebrew is in reading order and not in that of the screen (RFC
 * 1556).
 */
export const CHARSETS: readonly Charset[] = [
  { name: 'UTF-8', iconv: 'utf-8', title: 'All scripts (UTF-8)', aliases: ['utf8'] },
  {
    name: 'US-ASCII',
    iconv: 'us-ascii',
    title: 'English letters only (ASCII)',
    aliases: ['ascii', 'iso646-us'],
    isDefault: true
  },
  {
    name: 'ISO-8859-1',
    iconv: 'iso-8859-1',
    title: 'Western (ISO Latin-1)',
    aliases: ['latin1', 'l1', 'iso8859-1'],
    isDefault: true,
    mac: 'macintosh'
  },
  {
    name: 'ISO-8859-15',
    iconv: 'iso-8859-15',
    title: 'Western with euro (ISO Latin-9)',
    aliases: ['latin-9', 'latin9', 'l9'],
    mac: 'macintosh'
  },
  {
    name: 'windows-1252',
    iconv: 'windows-1252',
    title: 'Western (Windows)',
    aliases: ['cp1252', 'x-cp1252'],
    mac: 'macintosh'
  },
  { name: 'x-mac-roman', iconv: 'macintosh', title: 'Western (Macintosh)', aliases: ['macintosh', 'mac', 'macroman'] },
  { name: 'IBM437', iconv: 'cp437', title: 'Western (DOS, United States)', aliases: ['cp437', '437'] },
  { name: 'IBM850', iconv: 'cp850', title: 'Western (DOS)', aliases: ['cp850', '850'] },
  { name: 'x-mac-icelandic', iconv: 'maciceland', title: 'Icelandic (Macintosh)' },
  {
    name: 'ISO-8859-2',
    iconv: 'iso-8859-2',
    title: 'Central European (ISO Latin-2)',
    aliases: ['latin2', 'l2', 'iso8859-2'],
    mac: 'maccenteuro'
  },
  {
    name: 'windows-1250',
    iconv: 'windows-1250',
    title: 'Central European (Windows)',
    aliases: ['cp1250', 'x-cp1250'],
    mac: 'maccenteuro'
  },
  { name: 'x-mac-ce', iconv: 'maccenteuro', title: 'Central European (Macintosh)', aliases: ['x-mac-centraleurroman'] },
  { name: 'x-mac-croatian', iconv: 'maccroatian', title: 'Croatian (Macintosh)' },
  { name: 'x-mac-romanian', iconv: 'macromania', title: 'Romanian (Macintosh)' },
  { name: 'IBM852', iconv: 'cp852', title: 'Central European (DOS)', aliases: ['cp852', '852'] },
  { name: 'windows-1257', iconv: 'windows-1257', title: 'Baltic (Windows)', aliases: ['cp1257', 'x-cp1257'] },
  {
    name: 'ISO-8859-9',
    iconv: 'iso-8859-9',
    title: 'Turkish (ISO Latin-5)',
    aliases: ['latin5', 'l5'],
    mac: 'macturkish'
  },
  {
    name: 'windows-1254',
    iconv: 'windows-1254',
    title: 'Turkish (Windows)',
    aliases: ['cp1254', 'x-cp1254'],
    mac: 'macturkish'
  },
  { name: 'x-mac-turkish', iconv: 'macturkish', title: 'Turkish (Macintosh)' },
  { name: 'windows-1258', iconv: 'windows-1258', title: 'Vietnamese (Windows)', aliases: ['cp1258', 'x-cp1258'] },
  { name: 'KOI8-R', iconv: 'koi8-r', title: 'Russian (KOI8)', aliases: ['koi8', 'koi'], mac: 'maccyrillic' },
  { name: 'KOI8-U', iconv: 'koi8-u', title: 'Ukrainian (KOI8)', mac: 'macukraine' },
  { name: 'ISO-8859-5', iconv: 'iso-8859-5', title: 'Cyrillic (ISO)', aliases: ['cyrillic'], mac: 'maccyrillic' },
  {
    name: 'windows-1251',
    iconv: 'windows-1251',
    title: 'Cyrillic (Windows)',
    aliases: ['cp1251', 'x-cp1251'],
    mac: 'maccyrillic'
  },
  { name: 'x-mac-cyrillic', iconv: 'maccyrillic', title: 'Cyrillic (Macintosh)' },
  { name: 'x-mac-ukrainian', iconv: 'macukraine', title: 'Ukrainian (Macintosh)' },
  { name: 'IBM866', iconv: 'cp866', title: 'Cyrillic (DOS)', aliases: ['cp866', '866'] },
  { name: 'ISO-8859-7', iconv: 'iso-8859-7', title: 'Greek (ISO)', aliases: ['greek', 'greek8'], mac: 'macgreek' },
  {
    name: 'windows-1253',
    iconv: 'windows-1253',
    title: 'Greek (Windows)',
    aliases: ['cp1253', 'x-cp1253'],
    mac: 'macgreek'
  },
  { name: 'x-mac-greek', iconv: 'macgreek', title: 'Greek (Macintosh)' },
  { name: 'ISO-8859-8-I', iconv: 'iso-8859-8', title: 'Hebrew (ISO)', aliases: ['iso-8859-8', 'hebrew'] },
  { name: 'windows-1255', iconv: 'windows-1255', title: 'Hebrew (Windows)', aliases: ['cp1255', 'x-cp1255'] },
  { name: 'windows-1256', iconv: 'windows-1256', title: 'Arabic (Windows)', aliases: ['cp1256', 'x-cp1256'] },
  {
    name: 'windows-874',
    iconv: 'windows-874',
    title: 'Thai (Windows)',
    aliases: ['tis-620', 'x-tis620', 'iso-8859-11']
  },
  { name: 'x-mac-thai', iconv: 'macthai', title: 'Thai (Macintosh)' },
  {
    name: 'Shift_JIS',
    iconv: 'shift_jis',
    title: 'Japanese (Shift JIS)',
    aliases: ['x-sjis', 'sjis', 'shift-jis', 'ms_kanji'],
    multiByte: true
  },
  // Characters of three bytes are of JIS X 0212, which no browser of the time shows; two bytes that begin with 8E are
  // half-width katakana.
  {
    name: 'EUC-JP',
    iconv: 'euc-jp',
    title: 'Japanese (EUC, Unix)',
    aliases: ['x-euc-jp'],
    multiByte: true,
    bytes: /^[\xA1-\xFE]{2}$|^\x8E[\xA1-\xDF]$/
  },
  {
    name: 'GB2312',
    iconv: 'gbk',
    title: 'Chinese, simplified (GB 2312)',
    aliases: ['gb_2312-80', 'euc-cn'],
    multiByte: true,
    bytes: UPPER_PAIR
  },
  {
    name: 'GBK',
    iconv: 'gbk',
    title: 'Chinese, simplified (GBK, Windows 95)',
    aliases: ['x-gbk', 'cp936'],
    multiByte: true,
    bytes: /^[\x81-\xFE][\x40-\xFE]$/
  },
  // Characters outside of these rows are Hong Kong's, and later.
  {
    name: 'Big5',
    iconv: 'big5',
    title: 'Chinese, traditional (Big5)',
    aliases: ['x-x-big5', 'cn-big5'],
    multiByte: true,
    bytes: /^[\xA1-\xC6\xC9-\xF9][\x40-\xFE]$/
  },
  {
    name: 'EUC-KR',
    iconv: 'euc-kr',
    title: 'Korean (EUC)',
    aliases: ['ks_c_5601-1987', 'ksc5601'],
    multiByte: true,
    bytes: UPPER_PAIR
  }
]

const BY_NAME: ReadonlyMap<string, Charset> = new Map(
  CHARSETS.flatMap(charset =>
    [charset.name.toLowerCase(), ...(charset.aliases ?? [])].map(name => [name, charset] as const)
  )
)

/** The charset of a name, in any letter case; undefined if pages cannot be sent in it. */
export const charsetNamed = (name: string): Charset | undefined => BY_NAME.get(name.trim().toLowerCase())

/** @throws Error when pages cannot be sent in the charset of this name. */
export function knownCharset(name: string): Charset {
  const charset = charsetNamed(name)
  if (charset === undefined) throw new Error(`${name} is no charset that pages are sent in`)
  return charset
}

/**
 * Whether a Content-Type without a parameter means this charset, by RFC 2616 3.4.1 and by what browsers do
 * (docs/clients.md R34).
 */
export const isDefaultCharset = (name: string): boolean => charsetNamed(name)?.isDefault === true

/** The names of all as profiles write them: in lower case. */
export const charsetNames: readonly string[] = CHARSETS.map(({ name }) => name.toLowerCase())
