/** What says of a picture that it is one. */
const NO_NAME =
  /^(alt|alt text|((the|a|an|main|hero|cover|featured|article|product|background|blog|post|header|banner) )?(image|img|photo|picture|pic|thumbnail|thumb|placeholder|graphic|bild|foto|imagen|immagine)( alt)?)\W?$/i
/** A file of a picture, with the address that it stands in. */
const FILE = /^(?:[a-z]+:\/\/)?(?:[^\s?#]*\/)?([^/?#]+)\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)(?:\?\S*)?$/i
/** What cameras, screens and servers call their files: IMG_2006, DSC00273-3, 38a19cc9-d5f2-486c. */
const NUMBERED =
  /^(img|dsc[fn]?|pxl|pict)[-_ ]?\d{3}|^(img|image|photo|screen ?shot|whatsapp image|untitled)?[-_ \d.()]*$|\b[\da-f]{8}\b|\d{7}/i
/** Words that hyphens keep apart: three of them are no compound. */
const SLUG = /^[\p{L}\d]+([-_][\p{L}\d]+){2,}$/u
/** The key of a message that nobody has translated: alt.text.label.Facebook. */
const KEY = /^(?!www\.)(?=.*\b(?:alt|aria|label|title|caption|tooltip)\b)[a-z]\w*(?:\.\w+)+\.(\w+)$/i
/** Words in a name of a file. */
const WORD = /\p{L}{3}/u

/** The name of the file of a picture in an address, without its ending; empty for any other address. */
export const fileName = (address: string): string => FILE.exec(address)?.[1] ?? ''

const asWords = (name: string): string => name.replace(/[-_]+/g, ' ').trim()

/**
 * What an ALT says that a person wrote, or a program from the name of a file: nothing for "image" and IMG_2006.jpg,
 * "oak floor" for oak-floor.png and for alt.label.oak_floor.
 */
export function meantBy(alt: string): string {
  if (NO_NAME.test(alt)) return ''
  const file = FILE.exec(alt)?.[1]
  const name = file ?? KEY.exec(alt)?.[1] ?? (SLUG.test(alt) ? alt : undefined)
  if (name === undefined) return alt
  return NUMBERED.test(name) || !WORD.test(name) ? '' : asWords(name)
}
