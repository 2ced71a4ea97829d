/**
 * The pixels of a picture as one number each: alpha, blue, green and red in eight bits each, red being the last, as machines
 * of our time lay out their numbers. To read four bytes at once takes an offset that is divisible by four.
 */
export function pixelsOf(rgba: Uint8Array): Int32Array {
  const own = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice()
  return new Int32Array(own.buffer, own.byteOffset, own.length / 4)
}
