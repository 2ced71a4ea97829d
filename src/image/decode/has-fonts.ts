import sharp from 'sharp'

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30" fill="#fff"/>' +
  '<text x="5" y="22" font-size="20" font-family="sans-serif">'

const draw = (text: string): Promise<Buffer> =>
  sharp(Buffer.from(`${SVG}${text}</text></svg>`))
    .greyscale()
    .raw()
    .toBuffer()

/** Whether the letters of SVG images are drawn: without fonts all of them are empty, or the same box. */
export async function hasFonts(): Promise<boolean> {
  const [first, second, none] = await Promise.all([draw('HH'), draw('ll'), draw('')])
  return !first.equals(none) && !second.equals(none) && !first.equals(second)
}
