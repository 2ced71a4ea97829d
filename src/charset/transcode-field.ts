import { NO_NAME, readToken, typedIconvName, type ButtonTarget, type FormCharsets } from './form-mark.js'
import { createRepertoire, type Repertoire } from './repertoire.js'
import { createSiteEncoder } from './site-charset.js'
import { normalised } from './stream-safe.js'
import { createTextReader } from './text-reader.js'

/** A name and a value, as bytes of some charset. */
export interface Field {
  readonly name: Buffer
  readonly value: Buffer
}

/** Turns what a person typed into what the site would have got from a browser of today. */
export interface FieldTranscoder {
  /** Decodes bytes that the client sent. */
  read(bytes: Buffer): string
  /** Encodes text for the site. */
  write(text: string): Buffer
  /** Transcodes a whole field; undefined if it goes no further. */
  field(field: Field): Field | undefined
  /** The same for a name and a value that were decoded already. */
  fieldText(name: string, value: string): Field | undefined
  /** Where the button that was pressed sends the form, if one with a target was among the fields */
  target(): ButtonTarget | undefined
}

const LAST_CODE_POINT = 0x10ffff

export function createFieldTranscoder({ site, client }: FormCharsets): FieldTranscoder {
  const iconvName = typedIconvName(client)
  const decode = createTextReader(iconvName)
  let repertoire: Repertoire | undefined

  /**
   * Decodes a numeric reference, which browsers from Internet Explorer 5 on write for characters that the charset of
   * the page lacks; others stay text.
   */
  function character(whole: string, digits: string): string {
    const code = Number(digits)
    if (code < 0xa0 || code > LAST_CODE_POINT || (code >= 0xd800 && code <= 0xdfff)) return whole
    repertoire ??= createRepertoire(client, false)
    const meant = String.fromCodePoint(code)
    return repertoire(meant) && iconvName !== 'utf-8' ? whole : meant
  }

  function read(bytes: Buffer): string {
    const text = decode(bytes)
    const whole = text.includes('&#') ? text.replace(/&#(\d{3,7});/g, character) : text
    // Vietnamese is typed as letters and accents, but sites look for letters with accents.
    return iconvName === 'windows-1258' ? normalised(whole, 'NFC') : whole
  }

  const write = createSiteEncoder(site)
  let target: ButtonTarget | undefined

  function fieldText(name: string, value: string): Field | undefined {
    if (name === NO_NAME) return undefined
    const { text, value: fixed, to } = readToken(name) ?? { text: name }
    target ??= to
    if (to !== undefined && text === '') return undefined
    return { name: write(text), value: write(fixed ?? readToken(value)?.text ?? value) }
  }

  return {
    read,
    write,
    fieldText,
    target: () => target,
    field: ({ name, value }) => fieldText(read(name), read(value))
  }
}
