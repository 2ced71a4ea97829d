import iconv from 'iconv-lite'
import t from 'tap'
import { decode, decodeText } from '../../../../src/charset/decode.js'
import { createSiteEncoder } from '../../../../src/charset/site-charset.js'

/** Titles of a few words, as pages without a declaration have them, and the encodings of their languages. */
const TITLES: ReadonlyArray<readonly [encodings: string, titles: string]> = [
  ['windows-874', 'ข่าวกีฬาวันนี้|ติดต่อเรา|ร้านอาหารในกรุงเทพ|หน้าแรก'],
  ['shift_jis euc-jp iso-2022-jp', '今日のニュース|ようこそ私のページへ|お問い合わせ|旅行日記その三'],
  ['euc-kr', '오늘의 뉴스|환영합니다|자유 게시판 글쓰기|요리 방법 안내'],
  ['gbk', '欢迎光临本站|北京天气预报|论坛使用帮助|旅游日记第三天'],
  ['big5', '歡迎光臨本站|台北天氣預報|討論區使用說明|旅遊日記第三天'],
  ['windows-1251 koi8-r iso-8859-5 ibm866', 'Новости дня|О компании|Гостевая книга|Контакты'],
  ['windows-1251 koi8-ru iso-8859-5', 'Новини дня|Погода в Києві|Гостьова книга|Розклад поїздів'],
  ['windows-1253 iso-8859-7', 'Τα νέα της ημέρας|Η εταιρεία μας|Χάρτης σελίδων|Αρχική'],
  ['windows-1255 iso-8859-8', 'חדשות היום|אודות החברה|ספר אורחים|צור קשר'],
  ['windows-1256', 'أخبار اليوم|عن الشركة|سجل الزوار|اتصل بنا'],
  ['windows-1254', 'Günün haberleri|Ziyaretçi defteri|Faydalı bağlantılar|Öğrenci duyuruları'],
  ['windows-1257', 'Noderīgas saites šeit: ķēde|Sākums'],
  ['windows-1250 iso-8859-2', 'Pogoda w Łodzi|Przepisy kuchni śląskiej|Počasí v Brně|Zprávy dne'],
  ['windows-1252', 'Actualités du jour|Öffnungszeiten|¿Quiénes somos?|Livre d’or des invités']
]

const page = (title: string, language = ''): string =>
  `<html${language}><head><title>${title}</title></head><body bgcolor="#FFFFFF"><h1>${title}</h1></body></html>`

const encode = (text: string, encoding: string): Buffer =>
  encoding === 'iso-2022-jp' ? createSiteEncoder(encoding)(text) : iconv.encode(text, encoding)

t.test('titles of a few words tell their encoding', t => {
  for (const [encodings, titles] of TITLES)
    for (const encoding of encodings.split(' '))
      for (const title of titles.split('|')) {
        const { text, charset } = decode(encode(page(title), encoding), 'text/html')
        t.ok(text.includes(`<h1>${title}</h1>`), `${encoding}, ${title}: ${charset}`)
      }
  t.end()
})

t.test('where the bytes say too little, the language of the page or its domain does', t => {
  const hungarian = 'Vendégkönyv a jövőnek'
  const read = (language: string, domain?: string): string =>
    decode(encode(page(hungarian, language), 'iso-8859-2'), undefined, domain).text
  t.notMatch(read(''), hungarian)
  t.match(read('', 'hu'), hungarian, 'the domain')
  t.match(read(' lang="hu-HU"'), hungarian, 'the language')
  t.match(read(' lang=hu', 'com'), hungarian, 'the language over the domain')
  t.match(read(' lang="en"', 'hu'), hungarian, 'all programs say English')
  const meta = '<meta http-equiv="Content-Language" content="hu">'
  t.match(decode(encode(meta + page(hungarian), 'iso-8859-2'), undefined).text, hungarian, 'a META')
  const feed = `<rss><language>hu</language><title>${hungarian}</title></rss>`
  t.match(decodeText(encode(feed, 'iso-8859-2'), 'text/plain').text, hungarian, 'a feed')
  t.end()
})

t.test('signs alone are those of windows-1252', t => {
  for (const title of ['Prices from £5', '« Previous', 'It’s 25°', '© 2003 “Our” ® – all…', 'one · two', '¥ 500'])
    t.match(decode(encode(page(title), 'windows-1252'), undefined).text, title, title)
  t.match(
    decode(encode(page('Witaj, świecie'), 'windows-1250'), undefined, 'pl').text,
    'świecie',
    'a letter is no sign'
  )
  t.end()
})

t.test('UTF-16 without a mark, and what is not', t => {
  for (const encoding of ['utf-16le', 'utf-16be'])
    for (const text of [page('été 東京'), page('東京の天気予報'), 'plain words'])
      t.equal(decode(encode(text, encoding), 'text/html').text, text, `${encoding}: ${text}`)
  t.equal(
    decode(Buffer.from('a\0b c and some more words'), 'text/html').charset,
    'windows-1252',
    'a zero byte somewhere'
  )
  t.equal(decode(Buffer.from('\x1B[1mbold\x1B$x'), 'text/html').charset, 'windows-1252', 'escapes of a terminal')
  const spaced = Buffer.from('<html><title>一个中文网页</title><p>Hello, this is\u3000a page', 'utf16le')
  t.equal(decode(spaced, 'text/html').charset, 'UTF-16LE', 'a letter may have a zero on the other side')
  t.end()
})
