import iconv from 'iconv-lite'
import t from 'tap'
import { CHARSETS, charsetNamed } from '../../src/charset/charsets.js'
import {
  charsetParameter,
  decode,
  decodeAs,
  decodeSheet,
  decodeText,
  decodeXml,
  sniffCharset
} from '../../src/charset/decode.js'
import { pickCharset } from '../../src/charset/pick-charset.js'
import { encodeQuery } from '../../src/charset/query.js'
import { createRepertoire } from '../../src/charset/repertoire.js'
import { encoderOf, fallbacks, random } from '../helpers/context.js'
import { goldenFiles, matchesGolden } from '../helpers/golden.js'

const RUSSIAN =
  'Сегодня утром в городе выпал первый снег. Дети побежали на улицу, а старики остались дома и смотрели в окно. Никто не ждал, что зима придёт так рано, но все были рады. Вечером в парке зажгли огни, и люди гуляли до самой ночи, пили чай и говорили о том, что будет завтра.'
const JAPANESE = 'いろはにほへと ちりぬるを。今日は良い天気ですから、散歩に行きましょう。カタカナも少し。'
const html = (head: string, body: string, charset = 'utf-8'): Buffer =>
  iconv.encode(`<html><head>${head}</head><body>${body}`, charset, { addBOM: false })
const meta = (charset: string): string => `<meta charset="${charset}">`
const httpEquiv = (charset: string): string => `<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=${charset}'>`
const bom = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('\uFEFF'), bytes])

interface Sniffed {
  readonly why: string
  readonly bytes: Buffer
  readonly type?: string
  readonly charset: string
  readonly holds: string
}

const SNIFFED: readonly Sniffed[] = [
  {
    why: 'a byte order mark goes over header and META',
    bytes: bom(html(meta('koi8-r'), 'été')),
    type: 'text/html; charset=windows-1251',
    charset: 'UTF-8',
    holds: 'été'
  },
  {
    why: 'the header goes over META',
    bytes: html(meta('windows-1251'), RUSSIAN, 'koi8-r'),
    type: 'text/html; charset=koi8-r',
    charset: 'KOI8-R',
    holds: RUSSIAN
  },
  {
    why: 'the header with quotes and in capitals',
    bytes: html('', RUSSIAN, 'koi8-r'),
    type: 'TEXT/HTML;Charset="KOI8-R"',
    charset: 'KOI8-R',
    holds: RUSSIAN
  },
  {
    why: 'META as HTML 5 has it',
    bytes: html(meta('windows-1251'), RUSSIAN, 'windows-1251'),
    charset: 'windows-1251',
    holds: RUSSIAN
  },
  {
    why: 'META as HTML 3.2 has it',
    bytes: html(httpEquiv('iso-8859-2'), 'Zażółć gęślą jaźń', 'iso-8859-2'),
    charset: 'ISO-8859-2',
    holds: 'Zażółć gęślą jaźń'
  },
  {
    why: 'META after the first 1,024 bytes',
    bytes: html(`<script>${'x'.repeat(3000)}</script>${meta('windows-1251')}`, RUSSIAN, 'windows-1251'),
    charset: 'windows-1251',
    holds: RUSSIAN
  },
  {
    why: 'META in a comment counts for nothing',
    bytes: html(`<!-- ${meta('koi8-r')} -->${meta('windows-1251')}`, RUSSIAN, 'windows-1251'),
    charset: 'windows-1251',
    holds: RUSSIAN
  },
  { why: 'UTF-8 that nobody declares', bytes: html('', 'Grüße – 東京'), charset: 'UTF-8', holds: 'Grüße – 東京' },
  {
    why: 'Shift_JIS that nobody declares',
    bytes: html('', JAPANESE.repeat(4), 'shift_jis'),
    charset: 'Shift_JIS',
    holds: JAPANESE
  },
  {
    why: 'EUC-JP that nobody declares',
    bytes: html('', JAPANESE.repeat(4), 'euc-jp'),
    charset: 'EUC-JP',
    holds: JAPANESE
  },
  { why: 'KOI8-R that nobody declares', bytes: html('', RUSSIAN, 'koi8-r'), charset: 'KOI8-U', holds: RUSSIAN },
  {
    why: 'windows-1251 that nobody declares',
    bytes: html('', RUSSIAN, 'windows-1251'),
    charset: 'windows-1251',
    holds: RUSSIAN
  },
  {
    why: 'a META whose HTTP-EQUIV was translated',
    bytes: html(
      '<meta http-equiv="Содержимое-Тип" content="text/html; charset=windows-1251">',
      'Лампа',
      'windows-1251'
    ),
    charset: 'windows-1251',
    holds: 'Лампа'
  },
  {
    why: 'the bytes go over a META whose HTTP-EQUIV is none',
    bytes: html('<meta http-equiv="Inhalt" content="text/html; charset=koi8-r">', 'été'),
    charset: 'UTF-8',
    holds: 'été'
  },
  {
    why: 'what a META describes is no charset',
    bytes: html('<meta name="description" content="all of charset=koi8-r">', 'Café', 'windows-1252'),
    charset: 'windows-1252',
    holds: 'Café'
  },
  {
    why: 'Latin-1 that nobody declares',
    bytes: html('', 'Une crêpe dorée, s’il vous plaît', 'windows-1252'),
    charset: 'windows-1252',
    holds: 's’il vous plaît'
  },
  {
    why: 'ISO-8859-1 means windows-1252',
    bytes: html('', '“Café” – 5 €', 'windows-1252'),
    type: 'text/html; charset=ISO-8859-1',
    charset: 'windows-1252',
    holds: '“Café” – 5 €'
  },
  {
    why: 'US-ASCII means windows-1252',
    bytes: html('', 'Café', 'windows-1252'),
    type: 'text/html; charset=us-ascii',
    charset: 'windows-1252',
    holds: 'Café'
  },
  {
    why: 'a label that nobody knows gives way to META',
    bytes: html(meta('koi8-r'), RUSSIAN, 'koi8-r'),
    type: 'text/html; charset=klingon',
    charset: 'KOI8-R',
    holds: RUSSIAN
  },
  {
    why: 'a label that nobody knows gives way to the bytes',
    bytes: html('', 'été'),
    type: 'text/html; charset=none',
    charset: 'UTF-8',
    holds: 'été'
  },
  {
    why: 'a header without a value',
    bytes: html('', 'été'),
    type: 'text/html; charset=',
    charset: 'UTF-8',
    holds: 'été'
  },
  {
    why: 'UTF-16 with its mark, little end first',
    bytes: Buffer.concat([Buffer.of(0xff, 0xfe), iconv.encode('<p>été 東京', 'utf-16le')]),
    charset: 'UTF-16LE',
    holds: 'été 東京'
  },
  {
    why: 'UTF-16 with its mark, big end first',
    bytes: Buffer.concat([Buffer.of(0xfe, 0xff), iconv.encode('<p>été 東京', 'utf-16be')]),
    charset: 'UTF-16BE',
    holds: 'été 東京'
  },
  {
    why: 'UTF-16 by the header',
    bytes: iconv.encode('<p>été', 'utf-16le'),
    type: 'text/html; charset=utf-16',
    charset: 'UTF-16LE',
    holds: 'été'
  },
  {
    why: 'META that says UTF-16 and is read means UTF-8',
    bytes: html(meta('utf-16'), 'été'),
    charset: 'UTF-8',
    holds: 'été'
  },
  {
    why: 'ISO-2022-JP by the header',
    bytes: Buffer.from('<p>\x1B$BF|K\\\x1B(B end', 'latin1'),
    type: 'text/html; charset=iso-2022-jp',
    charset: 'ISO-2022-JP',
    holds: '日本 end'
  },
  { why: 'Big5 by META', bytes: html(meta('big5'), '繁體中文', 'big5'), charset: 'Big5', holds: '繁體中文' },
  { why: 'GB2312 means GBK', bytes: html(meta('gb2312'), '简体中文', 'gbk'), charset: 'GBK', holds: '简体中文' },
  { why: 'EUC-KR by META', bytes: html(meta('euc-kr'), '한국어', 'euc-kr'), charset: 'EUC-KR', holds: '한국어' },
  {
    why: 'Macintosh by META',
    bytes: html(meta('macintosh'), 'Café', 'macintosh'),
    charset: 'macintosh',
    holds: 'Café'
  },
  {
    why: 'UTF-8 by the header, Latin-1 by the bytes: its forms are still sent in UTF-8',
    bytes: html('', 'Café', 'windows-1252'),
    type: 'text/html; charset=utf-8',
    charset: 'UTF-8',
    holds: 'Café'
  },
  {
    why: 'UTF-8 by META, Russian by the bytes',
    bytes: html(meta('utf-8'), RUSSIAN, 'windows-1251'),
    charset: 'UTF-8',
    holds: RUSSIAN
  },
  {
    why: 'UTF-8 by the header, another one by META and by the bytes',
    bytes: html(meta('koi8-r'), 'снег', 'koi8-r'),
    type: 'text/html; charset=utf-8',
    charset: 'UTF-8',
    holds: 'снег'
  },
  {
    why: 'too little for a guess: what the language was written in',
    bytes: Buffer.concat([Buffer.from('<html lang="el">'), html(meta('utf-8'), 'μέ', 'iso-8859-7')]),
    charset: 'UTF-8',
    holds: 'μέ'
  },
  {
    why: 'UTF-8 with a broken letter stays UTF-8',
    bytes: Buffer.concat([html(meta('utf-8'), 'été – '), Buffer.from('Caf\xE9', 'latin1')]),
    charset: 'UTF-8',
    holds: 'été – Caf\uFFFD'
  },
  {
    why: 'UTF-8 that was cut within a letter stays UTF-8',
    bytes: html(meta('utf-8'), 'é ü').subarray(0, -1),
    charset: 'UTF-8',
    holds: 'é \uFFFD'
  },
  {
    why: 'UTF-8 with a broken letter that nobody declares',
    bytes: Buffer.concat([html('', 'été – '), Buffer.from('Caf\xE9', 'latin1')]),
    charset: 'UTF-8',
    holds: 'été – '
  },
  {
    why: 'Latin-1 by the header, UTF-8 by the bytes',
    bytes: html('', 'Café'),
    type: 'text/html; charset=iso-8859-1',
    charset: 'windows-1252',
    holds: 'Café'
  },
  {
    why: 'Latin-1 by META, Russian in UTF-8 by the bytes',
    bytes: html(meta('windows-1252'), RUSSIAN),
    charset: 'windows-1252',
    holds: RUSSIAN
  },
  {
    why: 'a capital letter before a quotation mark in windows-1252 is no UTF-8',
    bytes: html(meta('windows-1252'), 'the CAFÉ’s door', 'windows-1252'),
    charset: 'windows-1252',
    holds: 'CAFÉ’s'
  },
  {
    why: 'Shift_JIS by the header, UTF-8 by the bytes',
    bytes: html('', JAPANESE),
    type: 'text/html; charset=shift_jis',
    charset: 'Shift_JIS',
    holds: JAPANESE
  },
  {
    why: 'a few letters of GBK that are UTF-8 by accident',
    bytes: html(meta('gbk'), '录', 'gbk'),
    charset: 'GBK',
    holds: '录'
  },
  {
    why: 'UTF-16 by the header, UTF-8 by the bytes',
    bytes: html('', 'été'),
    type: 'text/html; charset=utf-16',
    charset: 'UTF-16LE',
    holds: 'été'
  },
  { why: 'ASCII that nobody declares', bytes: html('', 'plain'), charset: 'windows-1252', holds: 'plain' },
  { why: 'an empty page', bytes: Buffer.alloc(0), charset: 'windows-1252', holds: '' }
]

t.test('the charset of a page', t => {
  for (const { why, bytes, type, charset, holds } of SNIFFED) {
    const { text, charset: found } = decode(bytes, type)
    t.equal(found, charset, why)
    t.ok(text.includes(holds), `${why}: the text is right`)
    t.notMatch(text, /^\uFEFF/, `${why}: no mark is left`)
  }
  t.equal(charsetParameter('text/html; x=y; charset = "utf-8" ; z'), 'utf-8')
  t.equal(charsetParameter(undefined), undefined)
  t.end()
})

t.test('documents of other kinds whose bytes are not what they were declared to be in', t => {
  const latin = (text: string): Buffer => iconv.encode(text, 'windows-1252')
  t.match(decodeText(latin('Menu du café'), 'text/plain; charset=utf-8').text, 'café')
  t.match(decodeText(Buffer.from('Menu du café'), 'text/plain; charset=iso-8859-1').text, 'café')
  const feed = (said: string): string => `<?xml version="1.0" encoding="${said}"?><rss><title>Café crème</title></rss>`
  t.match(decodeXml(latin(feed('utf-8')), 'text/xml').text, 'Café crème')
  t.match(decodeXml(Buffer.from(feed('iso-8859-1')), 'text/xml').text, 'Café crème')
  t.match(decodeXml(latin(feed('iso-8859-1')), 'text/xml; charset=utf-8').text, 'Café crème')
  const greek = `<rss><language>el-gr</language><title>με</title></rss>`
  t.match(decodeXml(iconv.encode(greek, 'iso-8859-7'), 'text/xml; charset=utf-8').text, 'με', 'by its language')
  t.match(decodeSheet(latin('p::before { content: "é" }'), 'text/css'), 'é')
  t.match(decodeSheet(Buffer.from('@charset "iso-8859-1"; p::before { content: "é" }'), 'text/css'), '"é"')
  t.end()
})

/** Sentences of the Universal Declaration of Human Rights, in encodings of their languages. */
const UNDECLARED: ReadonlyArray<readonly [encodings: string, text: string]> = [
  [
    'windows-1251 koi8-r iso-8859-5',
    'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.'
  ],
  [
    'windows-1250 iso-8859-2',
    'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa. Każdy człowiek posiada wszystkie prawa i wolności zawarte w niniejszej Deklaracji bez względu na różnice.'
  ],
  [
    'windows-1253 iso-8859-7',
    'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση.'
  ],
  ['windows-1255 iso-8859-8', 'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון.'],
  [
    'windows-1254 iso-8859-9',
    'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.'
  ],
  [
    'windows-1256 iso-8859-6',
    'يولد جميع الناس أحرارا متساوين في الكرامة والحقوق، وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء.'
  ],
  [
    'windows-1257',
    'Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis. Jiems suteiktas protas ir sąžinė ir jie turi elgtis vienas kito atžvilgiu kaip broliai.'
  ],
  [
    'windows-874',
    'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ'
  ],
  ['shift_jis euc-jp', 'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。'],
  ['gbk', '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。'],
  ['big5', '人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。'],
  ['euc-kr', '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.'],
  [
    'windows-1252',
    'Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience.'
  ],
  ['windows-1252', 'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft begabt.']
]

/** Words with much of what a page of today has around them. */
function inMarkup(text: string, encoding: string): Buffer {
  const script = `<script>${'if (a<b) { go("to the end of all these English words") }\n'.repeat(300)}</script>`
  const style = `<style>${'.menu-item > a:hover { display: block; color: #fff }\n'.repeat(100)}</style>`
  const words = text
    .split(' ')
    .map(word => `<a class="td-module-title" href="/category/some-long-address.html" title="Read more">${word}</a>`)
  return html(`<!-- all of it <p> -->${script}${style}`, words.join(' '), encoding)
}

t.test('charsets are guessed from the words and not from the markup', t => {
  for (const [encodings, text] of UNDECLARED)
    for (const encoding of encodings.split(' ')) {
      const read = decode(inMarkup(text, encoding), undefined)
      const words = read.text.replace(/<script>[^]*<\/style>/, '').replace(/<[^>]*>/g, '')
      t.ok(words.includes(text), `${encoding}: ${read.charset}`)
    }
  const late = html(`<script>${'x'.repeat(300_000)}</script>`, RUSSIAN.repeat(9), 'windows-1251')
  t.equal(decode(late, undefined).charset, 'windows-1252', 'words beyond the limit are not looked for')
  t.equal(decode(html('<script>', RUSSIAN, 'koi8-r'), undefined).charset, 'windows-1252', 'nor in a script without end')
  t.end()
})

const LABELS =
  'utf-8 utf-16le utf-16be windows-1250 windows-1251 windows-1252 windows-1257 iso-8859-2 iso-8859-7 iso-8859-8-i iso-8859-10 iso-8859-16 koi8-r koi8-u macintosh x-mac-cyrillic ibm866 big5 gbk gb18030 euc-jp shift_jis iso-2022-jp euc-kr hz-gb-2312 x-user-defined replacement windows-874 tis-620'.split(
    ' '
  )

t.test('decoding never fails', t => {
  const below = random(8)
  for (const label of [undefined, '', 'x'.repeat(1000), ...LABELS]) {
    for (let length = 0; length < 400; length += 37) {
      const bytes = Buffer.from(Array.from({ length }, () => (below(3) === 0 ? 32 + below(95) : below(256))))
      const { text, charset } = decode(bytes, label === undefined ? undefined : `text/html; charset=${label}`)
      if (typeof text !== 'string' || charset === '') t.fail(`${label}, ${bytes.toString('hex')}`)
      if (decodeAs(bytes, sniffCharset(bytes, undefined)) !== decode(bytes, undefined).text)
        t.fail(`${bytes.toString('hex')} reads two ways`)
    }
    t.pass(String(label).slice(0, 20))
  }
  t.end()
})

/** Text of all kinds; how each charset writes it stands in golden/charsets, one line each. */
const SAMPLES = [
  'plain ASCII ~ \\ ` ^',
  'été, Çà et là, ÿ Ÿ',
  'Ångström Ægir Øre Þór Ðe ß ẞ',
  'œuf Œuvre ĳ ﬁ ﬂ ſ',
  'Zażółć gęślą jaźń, Łódź',
  'Příliš žluťoučký kůň',
  'Tiếng Việt',
  'İstanbul ılık ğ ş',
  'Hawaiʻi ʼn ə ŋ',
  'e\u0301 A\u030A n\u0303 x\u0302 \u0301',
  'Ελληνικά ά ΐ ς Ω',
  'Широкая электрификация Ё ё',
  'Україна ґ Є ї',
  'Српски Ђ љ џ',
  'עברית',
  'العربية',
  'ไทย',
  'हिन्दी',
  'ქართული Հայ',
  '日本語 ひらがな カタカナ ﾊﾝｶｸ ＡＢＣ１２３',
  '汉字 漢字',
  '한국어',
  '。、「」・ー～！？',
  '‘single’ ‚low‛ “double” „low‟ «guille» ‹single›',
  'hyphen‐ nb‑ figure‒ en– em— bar― minus−',
  'dots… bullet• ‣ ● ○ ■ □ ◦ middle·',
  '→ ← ↑ ↓ ↔ ⇒ ⇐ ↗ ▶ ▼ ◀ ▲',
  '€ £ ¥ ¢ ₽ ₹ ₩ ₿ ₺ ₴ ₪ ¤',
  '© ® ™ ℠ § ¶ † ‡ № ‰',
  '½ ¼ ¾ ⅓ ⅛ ¹ ² ³ ⁴ ₂',
  '× ÷ ± ≤ ≥ ≠ ≈ ∞ √ ∑ π µ ° ′ ″',
  '✓ ✔ ✗ ★ ☆ ♥ ♪',
  '😀 👍🏽 👩‍👩‍👧 🇫🇷 ❤️ ☕',
  'Ⅳ ① ㎏ ℃ Å K',
  'a\u00A0b\u2003c\u202Fd\u3000e\u2028f',
  'soft\u00ADhyphen zero\u200Bwidth \u200Eltr bom\uFEFF icon\uF101 \uE000',
  '𝐁𝐨𝐥𝐝 𝒮 𝕏 ｆｕｌｌ',
  '¡Hola! ¿Qué?',
  'broken \uFFFD \uD800 end',
  '¦ ¬ ¯ ´ ¸ ¨ ª º'
]
const GOLDEN_CHARSETS = [
  'iso-8859-1',
  'us-ascii',
  'iso-8859-2',
  'koi8-r',
  'macintosh',
  'cp437',
  'shift_jis',
  'utf-8',
  'windows-1256',
  'windows-1258',
  'gb2312'
]

t.test('golden charsets: how each writes what it lacks', t => {
  for (const [name, charset, macSafe] of [
    ...GOLDEN_CHARSETS.map(charset => [charset, charset, false] as const),
    ['iso-8859-1-mac-safe', 'iso-8859-1', true] as const
  ]) {
    const encoder = encoderOf(charset, macSafe)
    const lines = SAMPLES.map(sample => `${JSON.stringify(sample)} ${JSON.stringify(encoder.fold(sample))}`)
    matchesGolden(t, Buffer.from(`${lines.join('\n')}\n`), 'charsets', `${name}.txt`)
    for (const [line, sample] of SAMPLES.entries()) {
      const folded = encoder.fold(sample)
      t.equal(encoder.fold(folded), folded, `${name}, line ${line + 1}: again the same`)
      // The yen sign is the backslash of Shift_JIS; half a surrogate pair has no bytes.
      const expected = (charset === 'shift_jis' ? folded.replaceAll('¥', '\\') : folded).replace('\uD800', '\uFFFD')
      t.equal(
        iconv.decode(encoder.encode(folded), charset),
        expected,
        `${name}, line ${line + 1}: it comes back from its bytes`
      )
    }
  }
  t.same(
    goldenFiles('charsets'),
    [...GOLDEN_CHARSETS, 'iso-8859-1-mac-safe'].map(name => `${name}.txt`).sort(),
    'no file is left over'
  )
  t.end()
})

/** Never lost: ranges of letters, whole; of signs, those that any-ascii or the table must know. */
const BLOCKS: ReadonlyArray<readonly [string, number, number, RegExp]> = [
  ['Latin', 0xc0, 0x24f, /\p{L}/u],
  ['IPA', 0x250, 0x2af, /\p{L}/u],
  ['Greek', 0x370, 0x3ff, /\p{L}/u],
  ['Cyrillic', 0x400, 0x52f, /\p{L}/u],
  ['Latin Additional', 0x1e00, 0x1eff, /\p{L}/u],
  ['Greek Extended', 0x1f00, 0x1fff, /\p{L}/u],
  ['dashes and quotes', 0x2010, 0x2027, /./u],
  ['marks', 0x2030, 0x205e, /\p{P}/u],
  ['currencies', 0x20a0, 0x20bf, /\p{Sc}/u],
  ['arrows', 0x2190, 0x21ff, /./u],
  ['emoji', 0x1f300, 0x1f5ff, /\p{Emoji_Presentation}/u],
  ['faces', 0x1f600, 0x1f64f, /./u],
  ['vehicles', 0x1f680, 0x1f6c5, /./u]
]

t.test(
  'no letter, dash, quote, arrow, currency or emoji ever becomes a question mark, or nothing, in any charset',
  t => {
    for (const { name, iconv: iconvName } of CHARSETS) {
      const encoder = encoderOf(name, true)
      for (const [block, first, last, kept] of BLOCKS) {
        const lost: string[] = []
        for (let code = first; code <= last; code++) {
          const character = String.fromCodePoint(code)
          // The colour of a hand is no sign of its own.
          if (!kept.test(character) || /\p{Emoji_Modifier}/u.test(character)) continue
          const folded = encoder.fold(character)
          const written = iconv.decode(encoder.encode(folded), iconvName)
          // ‽ is ?! in ASCII.
          if (written.trim() === '' || /\uFFFD/.test(written) || (written.includes('?') && !/[‽⁇⁈⁉]/.test(character)))
            lost.push(`U+${code.toString(16)} ${character}`)
          else if (encoder.fold(folded) !== folded) lost.push(`U+${code.toString(16)} ${character} changes twice`)
        }
        t.same(lost, [], `${name}: ${block}`)
      }
    }
    t.end()
  }
)

t.test('what a charset has is sent as it is, in any charset', t => {
  const everything = Array.from({ length: 0xfffd - 0xa0 }, (_, at) => String.fromCharCode(0xa0 + at)).filter(
    character => !/[\uD800-\uDFFF\uE000-\uF8FF]|\p{Cf}/u.test(character) && character.normalize('NFC') === character
  )
  for (const { name, iconv: iconvName } of CHARSETS) {
    const has = createRepertoire(name, false)
    const kept = everything.filter(has)
    t.ok(kept.length >= (name === 'US-ASCII' ? 0 : 57), `${name} has ${kept.length}`)
    const encoder = encoderOf(name)
    const marks = kept.filter(character => /\p{M}/u.test(character))
    const text = kept.filter(character => !/\p{M}/u.test(character)).join(' ')
    t.equal(encoder.fold(text), text.normalize('NFC'), `${name}: nothing is folded`)
    // The yen sign and the overline are \ and ~ of Japanese sets.
    const written = iconv.decode(encoder.encode(encoder.fold(text)), iconvName)
    t.equal(
      written,
      /^(shift_jis|euc-jp)$/.test(iconvName) ? text.replace('¥', '\\').replace('‾', '~') : text,
      `${name}: it comes back from its bytes`
    )
    t.same(
      marks.filter(mark => encoder.fold(`q${mark}`) !== `q${mark}`),
      [],
      `${name}: nor a mark over a letter`
    )
  }
  t.end()
})

t.test('charsets are found by the names that clients send, and each name means one', t => {
  const names = CHARSETS.flatMap(({ name, aliases = [] }) => [name, ...aliases])
  for (const { name, aliases = [] } of CHARSETS)
    for (const other of [name, name.toUpperCase(), ` ${name} `, ...aliases])
      t.equal(charsetNamed(other)?.name, name, other)
  t.equal(new Set(names.map(name => name.toLowerCase())).size, names.length)
  t.equal(charsetNamed('klingon'), undefined)
  t.throws(() => encoderOf('klingon'), /no charset klingon/)
  t.end()
})

t.test('letters that stand for others', t => {
  const cases: ReadonlyArray<readonly [string, string, string]> = [
    ['windows-1258', 'Tiếng Việt, ậ', 'Tiê\u0301ng Viê\u0323t, â\u0323'],
    ['iso-8859-2', 'București, Țară', 'Bucureşti, Ţară'],
    ['windows-1250', 'Ștefan', 'Ştefan'],
    ['windows-1256', 'فارسی ک گ \u200Fپ\u200E', 'فارسي ک گ پ'],
    ['windows-1256', 'ﷲ ﻻ', 'الله لا'],
    ['windows-1255', '\u200Fשָׁלוֹם\u200E!', 'שָׁלוֹם!'],
    ['iso-8859-8', '\u202Bעברית, 12\u202C', 'עברית, 12'],
    ['iso-8859-7', 'µ', 'μ'],
    ['gb2312', 'é 朱镕基', 'é 朱rong 基'],
    ['gbk', '朱镕基', '朱镕基'],
    ['shift_jis', '東京〜', '東京～'],
    ['euc-kr', '똠방', 'ttom 방'],
    ['big5', '繁體 カ', '繁體 ka']
  ]
  for (const [charset, text, expected] of cases) t.equal(encoderOf(charset).fold(text), expected, `${charset}: ${text}`)
  t.end()
})

t.test('Accept-Charset', t => {
  const cases: ReadonlyArray<readonly [string | undefined, string, string]> = [
    [undefined, 'iso-8859-1', 'iso-8859-1'],
    ['', 'iso-8859-1', 'iso-8859-1'],
    ['koi8-r', 'iso-8859-1', 'koi8-r'],
    ['iso-8859-1,*,utf-8', 'iso-8859-1', 'iso-8859-1'],
    ['*', 'utf-8', 'utf-8'],
    ['KOI8-R, ISO-8859-1;q=0.1', 'iso-8859-1', 'iso-8859-1'],
    ['iso-8859-5;q=0.4, x-sjis;q=0.9 , koi8-r; q=0.5', 'iso-8859-1', 'shift_jis'],
    ['*;q=0, iso-8859-2', 'iso-8859-1', 'iso-8859-2'],
    ['iso-8859-1;q=0, *', 'iso-8859-1', 'iso-8859-1'],
    ['us-ascii, iso-8859-7', 'utf-8', 'iso-8859-7'],
    ['klingon', 'iso-8859-1', 'iso-8859-1'],
    ['koi8-r;q=x, iso-8859-5;q=0.1', 'utf-8', 'koi8-r'],
    ['koi8-r;q=0', 'utf-8', 'utf-8'],
    ['latin1', 'utf-8', 'iso-8859-1'],
    [`${'x,'.repeat(50_000)}koi8-r`, 'utf-8', 'utf-8']
  ]
  for (const [header, usual, expected] of cases)
    t.equal(pickCharset(header, usual), expected, String(header).slice(0, 60))
  t.end()
})

t.test('what Macintosh fonts lack is not sent to Macintoshes', t => {
  const lacking = [...'¦²³¹¼½¾ÐðÝýÞþ×']
  const { fold } = encoderOf('iso-8859-1', true)
  for (const character of lacking) t.match(fold(character), /^[ -~]+$/, character)
  t.same(lacking.map(encoderOf('iso-8859-1', false).fold), lacking, 'others get them')
  t.equal(fold('é ü ñ ç « » ° ß ø æ'), 'é ü ñ ç « » ° ß ø æ')
  t.end()
})

t.test('everything of the table of fallbacks is ASCII and is used', t => {
  const { fold } = encoderOf('us-ascii')
  for (const [character, written] of fallbacks) t.equal(fold(character), written, character)
  t.end()
})

t.test('bytes that mean another letter in the Encoding Standard than elsewhere', t => {
  const cases: ReadonlyArray<readonly [string, string, string]> = [
    ['KOI8-U', 'aebea4a6', 'ўЎєі'],
    ['macintosh', 'bddbf08e', 'Ω€\uF8FFé'],
    ['x-mac-cyrillic', 'a2b6ff80', 'Ґґ€А']
  ]
  for (const [label, hex, letters] of cases) {
    t.equal(decode(Buffer.from(hex, 'hex'), `text/html; charset=${label}`).text, letters, `${label} is read`)
    const written = encodeQuery(`?q=${letters}`, label).replaceAll('%', '').toLowerCase()
    t.equal(written, `?q=${hex}`, `${label} is sent back`)
  }
  t.equal(encodeQuery('?q=¤', 'macintosh'), '?q=%26%23164%3B', 'a letter whose place another one has is a reference')
  t.end()
})

t.test('queries go back in the charset of their page', t => {
  const cases: ReadonlyArray<readonly [string, string, string]> = [
    ['?q=plain&x=%20+', 'windows-1252', '?q=plain&x=%20+'],
    ['?q=é', 'windows-1252', '?q=%E9'],
    ['?q=€', 'windows-1252', '?q=%80'],
    ['?q=日', 'windows-1252', '?q=%26%2326085%3B'],
    ['?q=снег', 'KOI8-R', '?q=%D3%CE%C5%C7'],
    ['?q=снег', 'windows-1251', '?q=%F1%ED%E5%E3'],
    ['?q=日本', 'Shift_JIS', '?q=%93%FA%96%7B'],
    ['?q=日本', 'EUC-JP', '?q=%C6%FC%CB%DC'],
    ['?q=é', 'UTF-8', '?q=%C3%A9'],
    ['?q=é😀', 'UTF-16LE', '?q=%C3%A9%F0%9F%98%80'],
    ['?q=😀', 'Big5', '?q=%26%23128512%3B'],
    ['?q=日本 é', 'ISO-2022-JP', '?q=%1B%24%42%46%7C%4B%5C%1B%28%42 %26%23233%3B'],
    ['?q=é', 'no such charset', '?q=%C3%A9']
  ]
  for (const [query, charset, expected] of cases)
    t.equal(encodeQuery(query, charset), expected, `${query} in ${charset}`)
  t.end()
})

t.test('pairs of bytes of Chinese pages', t => {
  const pairs = Array.from({ length: 0x7e * 0xbf }, (_, at) => [0x81 + Math.floor(at / 0xbf), 0x40 + (at % 0xbf)])
    .filter(([, second]) => second !== 0x7f)
    .map(pair => Buffer.from(pair))
  // The standard has one decoder for both; Node's own for gbk is another.
  const standard = new TextDecoder('gb18030')
  for (const charset of ['gbk', 'gb18030']) {
    const wrong = pairs.filter(pair => decode(pair, `text/html; charset=${charset}`).text !== standard.decode(pair))
    t.same(wrong, [], `${charset} as the Encoding Standard has it`)
  }
  t.end()
})
