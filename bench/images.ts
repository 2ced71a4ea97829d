// Prints how many images a second become our GIF, against a bare JPEG of the same size by sharp in the same run, so
// that the ratio can be compared between machines. Compile the project, then run this file with node.
import sharp from 'sharp'
import { convertImage } from '../src/image/convert.js'
import { prepareSharp } from '../src/image/decode/decode.js'
import type { PaletteSpec } from '../src/image/look.js'
import type { ImageOptions } from '../src/image/options.js'
import { IMAGE_LOOK } from '../test/helpers/image-look.js'

const seconds = 2
const width = 320
const height = 240

const options: ImageOptions = {
  ...IMAGE_LOOK,
  maxWidth: width,
  maxHeight: height,
  limits: { ...IMAGE_LOOK.limits, maxPixels: 40e6 }
}

/** A gradient with waves and noise, as hard to reduce as a photograph. */
async function photograph(): Promise<Buffer> {
  const size = { width: 1600, height: 1200, channels: 3 } as const
  const rgb = new Uint8Array(size.width * size.height * 3)
  let seed = 1
  for (let i = 0; i < rgb.length; i += 3) {
    const x = (i / 3) % size.width
    const y = Math.floor(i / 3 / size.width)
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    const noise = (seed >>> 24) / 8
    const light = 100 + 70 * Math.sin(x / 90) * Math.cos(y / 70) + noise
    rgb[i] = light + (x / size.width) * 50
    rgb[i + 1] = light
    rgb[i + 2] = light + 50 - (y / size.height) * 100
  }
  return sharp(rgb, { raw: size }).jpeg({ quality: 85 }).toBuffer()
}

interface Rate {
  perSecond: number
  bytes: number
}

async function rate(convert: () => Promise<Buffer>): Promise<Rate> {
  for (let i = 0; i < 5; i++) await convert()
  const start = performance.now()
  let [count, bytes] = [0, 0]
  while (performance.now() - start < seconds * 1000) {
    bytes = (await convert()).length
    count++
  }
  return { perSecond: (count * 1000) / (performance.now() - start), bytes }
}

function gif(image: Buffer, palette: PaletteSpec, dither = options.dither): Promise<Rate> {
  return rate(async () => (await convertImage(image, { ...options, palette, dither })).bytes)
}

function print(name: string, result: Rate, base: Rate): void {
  const ratio = (result.perSecond / base.perSecond).toFixed(2)
  const ms = (1000 / result.perSecond).toFixed(1)
  console.log(
    `${name.padEnd(30)} ${result.perSecond.toFixed(1).padStart(7)}/s ${ms.padStart(6)} ms  x${ratio} ${result.bytes} bytes`
  )
}

prepareSharp()
const image = await photograph()
const base = await rate(() => sharp(image).resize(width, height).jpeg({ quality: 50 }).toBuffer())
print('sharp JPEG, the measure', base, base)
print('JPEG', await rate(async () => (await convertImage(image, { ...options, formats: ['gif', 'jpeg'] })).bytes), base)
for (const colours of [256, 16, 2]) print(`GIF ${colours}`, await gif(image, { kind: 'adaptive', colours }), base)
print('GIF 16 Bayer', await gif(image, { kind: 'adaptive', colours: 16 }, 'bayer'), base)
print('GIF web-safe', await gif(image, { kind: 'fixed', name: 'websafe216' }), base)
print('GIF mono', await gif(image, { kind: 'fixed', name: 'mono' }), base)
