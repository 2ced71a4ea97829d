/** A data: address with fewer bytes is a placeholder. Bytes. */
const LEAST_IMAGE = 60

/** The bytes of a data: address (RFC 2397); undefined if it holds no image. */
function dataBytes(address: string): Buffer | undefined {
  const [, type, base64, content = ''] = /^data:(image\/[\w.+-]+)?(?:;[^,;]*)*?(;base64)?,(.*)$/is.exec(address) ?? []
  if (type === undefined) return undefined
  // These are bytes and not characters: %E9 alone is no UTF-8.
  const data = content.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(data, base64 === undefined ? 'latin1' : 'base64')
}

const SHAPE = /<(path|rect|circle|ellipse|line|polyline|polygon|text|image|use|foreignobject)[\s/>]/gi

/** A drawing of nothing, or of one box, only keeps the room of an image that a script would show. */
function isEmptyDrawing(bytes: Buffer): boolean {
  const source = bytes.toString('latin1')
  if (!/^\s*(?:<\?xml[^>]*>\s*)?<svg[\s/>]/i.test(source)) return false
  const [first, second] = source.matchAll(SHAPE)
  return first === undefined || (second === undefined && first[1]?.toLowerCase() === 'rect')
}

/** The image that a data: address holds; undefined if it holds none, or a placeholder for one. */
export function dataImage(address: string): Buffer | undefined {
  const bytes = dataBytes(address)
  return bytes === undefined || bytes.length < LEAST_IMAGE || isEmptyDrawing(bytes) ? undefined : bytes
}
