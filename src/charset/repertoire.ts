import iconv from 'iconv-lite'
import { charsetNamed, type Charset } from './charsets.js'

/** Whether a client that is sent a charset can show a character. */
export type Repertoire = (character: string) => boolean

/** The high half of a single-byte charset, without the controls 80-9F, which show wrong characters on every machine. */
function highHalf(iconvName: string): ReadonlySet<string> {
  const bytes = Buffer.from(Array.from({ length: 128 }, (_, at) => 0x80 + at))
  return new Set([...iconv.decode(bytes, iconvName)].filter(character => !/[\u0080-\u009F\uFFFD]/.test(character)))
}

/** Of a multi-byte charset. iconv-lite writes "?" for what it lacks. */
function pairTest({ iconv: name, bytes: known }: Charset): Repertoire {
  return character => {
    if (character <= '\x7F') return true
    const bytes = iconv.encode(character, name).toString('latin1')
    return bytes !== '?' && (known === undefined || known.test(bytes))
  }
}

/**
 * The repertoire of a charset; with `macSafe`, only what appears on the screen of a Macintosh that displays it with its
 * own fonts (Flavell, "ISO-8859-1 and the Mac"; Netscape's own Mac table shows 1 2 3 x |).
 * @throws Error when there is no such charset.
 */
export function createRepertoire(charsetName: string, macSafe: boolean): Repertoire {
  const charset = charsetNamed(charsetName)
  if (charset === undefined) throw new Error(`there is no charset ${charsetName}`)
  if (charset.name === 'UTF-8') return () => true
  if (charset.name === 'US-ASCII') return character => character <= '\x7F'
  if (charset.multiByte === true) return pairTest(charset)
  const has = highHalf(charset.iconv)
  const shown = macSafe && charset.mac !== undefined ? highHalf(charset.mac) : has
  return character => character <= '\x7F' || (has.has(character) && shown.has(character))
}
