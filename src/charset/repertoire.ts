import iconv from 'iconv-lite'
import { charsetNamed, type Charset } from './charsets.js'

/** Whether a client that takes a charset can show one character. */
export type Repertoire = (character: string) => boolean

/** The high half of a single-byte charset; never the controls 80-9F, which are right on no machine that takes it. */
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
 * What a charset has; with `macSafe`, only what is on the screen of a Macintosh that shows it with fonts of its own
 * (Flavell, "ISO-8859-1 and the Mac"; Netscape's own Mac table shows 1 2 3 x |).
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
