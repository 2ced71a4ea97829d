import sharp, { type Sharp } from 'sharp'
import { readXbm } from '../../src/image/decode/read-xbm.js'
import t, { type Test } from 'tap'
import { BLANK_GIF, blankGif } from '../../src/image/blank.js'
import { convertImage } from '../../src/image/convert.js'
import { prepareSharp } from '../../src/image/decode/decode.js'
import { distinctColours } from '../../src/image/colour/distinct-colours.js'
import { fit } from '../../src/image/fit.js'
import type { Indexed } from '../../src/image/colour/indexed.js'
import type { Candidate } from '../../src/image/format.js'
import { gif } from '../../src/image/formats/gif.js'
import { png } from '../../src/image/formats/png.js'
import { ImageError } from '../../src/image/image-error.js'
import type { Dither, FixedPaletteName } from '../../src/image/look.js'
import type { ImageOptions } from '../../src/image/options.js'
import { histogram } from '../../src/image/colour/histogram.js'
import { fixedPalette } from '../../src/image/colour/palette.js'
import { quantise } from '../../src/image/colour/quantise.js'
import { MOST_TRIED } from '../../src/image/decode/read-ico.js'
import { readBmp } from '../../src/image/decode/read-bmp.js'
import { sniffImage, type ImageKind } from '../../src/image/decode/sniff.js'
import { IMAGE_LOOK } from '../helpers/image-look.js'

prepareSharp()

const options = IMAGE_LOOK
const dithers: Dither[] = ['none', 'floyd-steinberg', 'atkinson', 'bayer', 'bayer8']
const palettes: [FixedPaletteName, number][] = [
  ['mono', 2],
  ['grey4', 4],
  ['grey16', 16],
  ['vga16', 16],
  ['cga4', 4],
  ['mac16', 16],
  ['websafe216', 216],
  ['windows20', 20],
  ['mac256', 256]
]

interface Pixels {
  data: Buffer
  width: number
  height: number
}

/** A generator that gives the same bytes in every run. */
function random(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24
}

/** Colours that change everywhere, with noise; `alpha` gives a fourth channel. */
function photo(width: number, height: number, alpha?: (x: number, y: number) => number): Sharp {
  const channels = alpha ? 4 : 3
  const data = Buffer.alloc(width * height * channels)
  const next = random(7)
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    const rgb = [(x / width) * 220, 120 + 100 * Math.sin(x / 9) * Math.cos(y / 7), (1 - y / height) * 220]
    rgb.forEach((value, channel) => (data[i * channels + channel] = value + next() / 8))
    if (alpha) data[i * 4 + 3] = alpha(x, y)
  }
  return sharp(data, { raw: { width, height, channels } })
}

/** One colour to the left, another to the right. */
function halves(width: number, height: number, left: string, right: string): Sharp {
  const half = { width: Math.floor(width / 2), height, channels: 3, background: left } as const
  return sharp({ create: { ...half, width, background: right } }).composite([
    { input: { create: half }, left: 0, top: 0 }
  ])
}

async function decoded(bytes: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(bytes)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

function colours(pixels: Pixels): Set<string> {
  const found = new Set<string>()
  for (let i = 0; i < pixels.data.length; i += 4) {
    if (pixels.data[i + 3] === 255) found.add(pixels.data.toString('hex', i, i + 3))
  }
  return found
}

function pixel(pixels: Pixels, x: number, y: number): number[] {
  const at = (y * pixels.width + x) * 4
  return [...pixels.data.subarray(at, at + 4)]
}

function near(t: Test, found: number[], wanted: number[], what: string): void {
  t.ok(
    wanted.every((value, i) => Math.abs(value - found[i]!) < 12),
    `${what}: ${found.join()} is about ${wanted.join()}`
  )
}

t.test('fit', async t => {
  const cases: [number, number, number, number, number, number][] = [
    [100, 50, 200, 200, 100, 50],
    [1600, 1200, 320, 2000, 320, 240],
    [1200, 1600, 580, 400, 300, 400],
    [3000, 1, 580, 400, 580, 1],
    [1, 9000, 580, 400, 1, 400],
    [333, 500, 100, 100, 67, 100],
    [0, 0, 10, 10, 1, 1],
    [10.4, 20.6, 100, 100, 10, 21],
    [50, 50, 0, 0, 1, 1],
    [NaN, 5, 9, 9, 1, 5]
  ]
  for (const [w, h, maxW, maxH, width, height] of cases) {
    const most = { width: maxW, height: maxH }
    const fitted = fit({ width: w, height: h }, most)
    t.same(fitted, { width, height }, `${w}x${h} in ${maxW}x${maxH}`)
    t.same(fit(fitted, most), fitted, 'fitting again changes nothing')
  }
})

t.test('sniff', async t => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
  const bmp = Buffer.alloc(54)
  bmp.write('BM')
  bmp.writeUInt32LE(40, 14)
  const cases: [string | Buffer, ImageKind | undefined][] = [
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF87a', 'gif'],
    ['GIF89a', 'gif'],
    ['GIF88a', undefined],
    ['RIFF\0\0\0\0WEBPVP8L', 'webp'],
    ['RIFF\0\0\0\0WAVEfmt ', undefined],
    ['\0\0\0\x20ftypavif', 'avif'],
    ['\0\0\0\x20ftypmif1\0\0\0\0mif1avif', 'avif'],
    ['\0\0\0\x20ftypheic\0\0\0\0mif1heic', undefined],
    ['II*\0', 'tiff'],
    ['MM\0*', 'tiff'],
    [bmp, 'bmp'],
    ['BMW is a maker of cars and motorcycles', undefined],
    ['\0\0\x01\0\x01\0', 'ico'],
    ['\0\0\x02\0\x01\0', 'ico'],
    ['\0\0\0\x0cjP  \r\n', 'jp2'],
    [svg, 'svg'],
    ['\xef\xbb\xbf \r\n' + svg, 'svg'],
    [`<?xml version="1.0"?>\n<!-- <html> -->\n<!-- ${'-'.repeat(900)} -->${svg}`, 'svg'],
    ['<!DOCTYPE svg PUBLIC "a" "b" [ <!ENTITY c "d"> ]>' + svg, 'svg'],
    ['<svg:svg xmlns:svg="http://www.w3.org/2000/svg">', 'svg'],
    ['<svgx>', undefined],
    [`<!DOCTYPE html><body>${svg}`, undefined],
    [`<html>${svg}`, undefined],
    [`<!-- a page --><div>${svg}`, undefined],
    ['', undefined]
  ]
  for (const [bytes, kind] of cases) {
    const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
    t.equal(sniffImage(buffer), kind, JSON.stringify(buffer.toString('latin1', 0, 40)))
  }
})

t.test('blank', async t => {
  t.equal(BLANK_GIF.length, 43)
  t.same(pixel(await decoded(BLANK_GIF), 0, 0).at(3), 0)
  t.not(blankGif(), BLANK_GIF)
  t.same(blankGif(), BLANK_GIF)
})

/** An image that is reduced already, on its way into a format. */
const candidateOf = (image: Indexed): Candidate => ({ indexed: () => image }) as Candidate

t.test('GIF and PNG keep every index', async t => {
  const sizes: [number, number][] = [
    [1, 1],
    [1, 3],
    [2, 1],
    [7, 5],
    [16, 16],
    [64, 33],
    [257, 3],
    [300, 200]
  ]
  for (const [width, height] of sizes) {
    for (const count of [1, 2, 3, 4, 5, 16, 17, 128, 255, 256]) {
      const next = random(count * width)
      const indices = Uint8Array.from({ length: width * height }, () => next() % count)
      const palette = Uint8Array.from({ length: count * 3 }, (_, i) =>
        i % 3 === 0 ? Math.floor(i / 3) : 255 - Math.floor(i / 3)
      )
      const image = { width, height, indices, palette, faithful: true }
      for (const [name, bytes] of [
        ['gif', gif.write(candidateOf(image))],
        ['png', png.write(candidateOf(image))]
      ] as const) {
        const { data } = await decoded(bytes)
        const wrong = indices.findIndex((index, i) => data[i * 4] !== index || data[i * 4 + 1] !== 255 - index)
        t.equal(wrong, -1, `${name} ${width}x${height}, ${count} colours`)
        if (name === 'gif')
          t.ok(bytes.length >= 36 && bytes.toString('latin1', 0, 6) === 'GIF87a', `${bytes.length} bytes`)
      }
    }
  }
})

t.test('LZW ends cleanly at every length', async t => {
  // the code that ends the data may need one bit more than the one before it: each length meets another case
  for (let width = 1; width <= 300; width++) {
    const indices = Uint8Array.from({ length: width }, (_, i) => (i * i) % 4)
    const palette = Uint8Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3)
    const { data } = await decoded(gif.write(candidateOf({ width, height: 1, indices, palette, faithful: true })))
    if (!indices.every((index, i) => data[i * 4] === index)) t.fail(`${width} pixels`)
  }
})

t.test('palettes', async t => {
  for (const [name, count] of palettes) {
    const palette = fixedPalette(name)
    t.equal(palette.length, count * 3, name)
    const rgba = Uint8Array.from({ length: count * 4 }, (_, i) =>
      i % 4 === 3 ? 255 : palette[Math.floor(i / 4) * 3 + (i % 4)]!
    )
    t.same(distinctColours(rgba, 256)?.palette, palette, `${name}: no colour twice`)
  }
})

t.test('quantise gives as many colours as asked', async t => {
  const { data } = await decoded(await photo(80, 60).png().toBuffer())
  for (const count of [2, 3, 8, 16, 64, 200, 255, 256]) t.equal(quantise(histogram(data), count).length, count * 3)
  t.equal(quantise(histogram(Uint8Array.of(1, 2, 3, 255, 1, 2, 3, 255)), 16).length, 3, 'one colour')
  t.equal(quantise(histogram(Uint8Array.of(0, 0, 0, 0)), 16).length, 0, 'nothing to see')
})

t.test('photographs in GIF are made of strings that LZW has, drawings are not', async t => {
  const input = await photo(200, 150).png().toBuffer()
  const look: ImageOptions = {
    ...options,
    maxWidth: 200,
    maxHeight: 150,
    palette: { kind: 'adaptive', colours: 256 },
    dither: 'floyd-steinberg'
  }
  const wanted = blurred(await decoded(input))
  const made = async (coarseness: number): Promise<[number, number]> => {
    const { bytes } = await convertImage(input, { ...look, coarseness })
    return [bytes.length, psnr(blurred(await decoded(bytes)), wanted)]
  }
  const [[exactBytes, exact], [bytes, usual], [coarseBytes, coarse]] = [await made(0), await made(1), await made(2)]
  t.ok(bytes < exactBytes * 0.9 && coarseBytes < bytes * 0.9, `${exactBytes}, ${bytes}, ${coarseBytes} bytes`)
  t.ok(exact > usual && usual > coarse && coarse > 30, `${exact}, ${usual}, ${coarse} dB`)
  const drawing = await halves(60, 40, '#123456', '#fedcba').png().toBuffer()
  const kept = await convertImage(drawing, { ...look, coarseness: 9 })
  t.same([...colours(await decoded(kept.bytes))], ['123456', 'fedcba'], 'colours of a drawing are exact')
})

/** Each value is the mean of the nine around it: what an eye makes of dots. */
function blurred({ data, width, height }: Pixels): number[] {
  const means: number[] = []
  for (let y = 1; y < height - 1; y++) {
    for (let i = (y * width + 1) * 4; i < ((y + 1) * width - 1) * 4; i++) {
      const rows = [i - width * 4, i, i + width * 4]
      if (i % 4 !== 3) means.push(rows.reduce((sum, at) => sum + data[at - 4]! + data[at]! + data[at + 4]!, 0) / 9)
    }
  }
  return means
}

/** Peak signal to noise, in decibels. */
function psnr(values: number[], wanted: number[]): number {
  const squares = values.reduce((sum, value, i) => sum + (value - wanted[i]!) ** 2, 0)
  return 10 * Math.log10((255 * 255 * values.length) / squares)
}

t.test('adaptive colours', async t => {
  const input = await photo(200, 150).png().toBuffer()
  for (const count of [2, 3, 4, 8, 16, 64, 256]) {
    for (const dither of dithers) {
      const image = await convertImage(input, { ...options, palette: { kind: 'adaptive', colours: count }, dither })
      const pixels = await decoded(image.bytes)
      t.match(image, { type: 'image/gif', width: 100, height: 75 })
      t.match(pixels, { width: 100, height: 75 })
      t.ok(
        colours(pixels).size <= count && colours(pixels).size > count / 2,
        `${colours(pixels).size} of ${count} ${dither}`
      )
    }
  }
})

t.test('fixed colours', async t => {
  const input = await photo(120, 90, x => (x < 30 ? 0 : 255))
    .png()
    .toBuffer()
  for (const [name] of palettes) {
    const allowed: string[] = Buffer.from(fixedPalette(name)).toString('hex').match(/.{6}/g) ?? []
    for (const dither of dithers) {
      const { bytes } = await convertImage(input, { ...options, palette: { kind: 'fixed', name }, dither })
      const pixels = await decoded(bytes)
      t.ok(
        [...colours(pixels)].every(colour => allowed.includes(colour)),
        `${name} ${dither}`
      )
      t.equal(pixel(pixels, 0, 0)[3], 0, 'the hole is kept')
    }
  }
})

t.test('dithering to black and white keeps the brightness', async t => {
  const input = await photo(64, 64).greyscale().png().toBuffer()
  const mean = (pixels: Pixels): number => pixels.data.filter((_, i) => i % 4 === 0).reduce((a, b) => a + b) / (64 * 64)
  const before = mean(await decoded(input))
  for (const dither of ['floyd-steinberg', 'bayer', 'bayer8'] as const) {
    const image = await convertImage(input, { ...options, palette: { kind: 'fixed', name: 'mono' }, dither })
    const pixels = await decoded(image.bytes)
    t.same([...colours(pixels)].sort(), ['000000', 'ffffff'], `${dither}: exactly two colours`)
    t.ok(Math.abs(mean(pixels) - before) < 8, `${dither}: ${mean(pixels)} is about ${before}`)
  }
})

t.test('a picture of few fixed colours that is too heavy is coarser, but is seen', async t => {
  const [width, height] = [300, 200]
  // Dark on the left, light on the right, with the noise of a photograph.
  const rgb = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, i) => {
      const at = Math.floor(i / 3)
      const noise = ((Math.imul(at, 2_654_435_761) >>> 24) - 128) / 3
      return Math.max(0, Math.min(255, (at % width < width / 2 ? 70 : 180) + noise))
    })
  )
  const input = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
  for (const name of ['mono', 'grey4', 'vga16'] as const) {
    const look = { ...options, palette: { kind: 'fixed', name }, exact: { width, height }, maxWidth: 400 } as const
    const { bytes } = await convertImage(input, { ...look, maxHeight: 400, budgetBytes: 1000 })
    const [left = 0, right = 0] = await sharp(bytes).greyscale().resize(2, 1, { kernel: 'cubic' }).raw().toBuffer()
    t.ok(left < 100 && right > 150, `${name}: ${left} and ${right} of 70 and 180, ${bytes.length} bytes`)
  }
})

t.test('line art', async t => {
  const input = await halves(60, 40, '#123456', '#fedcba').png().toBuffer()
  const exact = await convertImage(input, { ...options, palette: { kind: 'adaptive', colours: 16 } })
  t.same([...colours(await decoded(exact.bytes))], ['123456', 'fedcba'], 'colours are exact')
  const vga = await convertImage(input, { ...options, palette: { kind: 'fixed', name: 'vga16' } })
  t.equal(colours(await decoded(vga.bytes)).size, 2, 'not dithered')
  const pale = await halves(60, 40, '#ffff00', '#ffffff').png().toBuffer()
  const mono = await convertImage(pale, { ...options, palette: { kind: 'fixed', name: 'mono' } })
  t.equal(colours(await decoded(mono.bytes)).size, 2, 'yellow on white does not vanish')
  const asked = await convertImage(input, { ...options, formats: ['gif', 'jpeg', 'png'] })
  t.not(asked.type, 'image/jpeg', 'drawings never become JPEG')
})

t.test('screenshots', async t => {
  const soft = (fill: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#eef"/><rect y="20" width="120" height="90" fill="#3b7a57"/>${fill}${Array.from({ length: 12 }, (_, i) => `<circle cx="${20 + i * 22}" cy="150" r="9.3" fill="#a23"/><path d="M0 ${120 + i}L300 ${121 + i * 2}" stroke="#222" stroke-width=".4"/>`).join('')}</svg>`
  const look: ImageOptions = { ...options, maxWidth: 300, maxHeight: 300, palette: { kind: 'fixed', name: 'vga16' } }
  const screenshot = await sharp(Buffer.from(soft('')))
    .png()
    .toBuffer()
  const found = colours(await decoded(screenshot)).size
  t.ok(found > 16, `${found} colours, soft edges among them`)
  const drawn = await convertImage(screenshot, look)
  t.ok(drawn.bytes.equals((await convertImage(screenshot, { ...look, dither: 'none' })).bytes), 'not dithered')
  const mono = { ...look, palette: { kind: 'fixed', name: 'mono' } } as const
  t.notOk(
    (await convertImage(screenshot, mono)).bytes.equals(
      (await convertImage(screenshot, { ...mono, dither: 'none' })).bytes
    ),
    'in black and white its areas must be told apart'
  )
  const product = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#fff' } })
    .composite([{ input: await photo(150, 130).png().toBuffer() }])
    .png()
    .toBuffer()
  t.notOk(
    (await convertImage(product, look)).bytes.equals((await convertImage(product, { ...look, dither: 'none' })).bytes),
    'a photograph on white is dithered'
  )
})

t.test('transparency', async t => {
  const input = await photo(40, 40, x => (x < 10 ? 0 : x < 20 ? 100 : x < 30 ? 200 : 255))
    .png()
    .toBuffer()
  const { bytes } = await convertImage(input, { ...options, background: '#00ff00' })
  t.equal(bytes.toString('latin1', 0, 6), 'GIF89a')
  const pixels = await decoded(bytes)
  t.same(
    [0, 15, 25, 35].map(x => pixel(pixels, x, 20)[3]),
    [0, 0, 255, 255]
  )
  const black = await sharp({
    create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.6 } }
  })
    .png()
    .toBuffer()
  const mixed = await decoded((await convertImage(black, { ...options, background: '#ff0000' })).bytes)
  near(t, pixel(mixed, 1, 1), [102, 0, 0, 255], 'mixed with the background')
  const jpeg = await convertImage(
    await photo(90, 90, () => 130)
      .png()
      .toBuffer(),
    { ...options, formats: ['jpeg', 'gif'] }
  )
  t.equal(jpeg.type, 'image/jpeg', 'no holes: JPEG is possible')
  const clear = await sharp({
    create: { width: 9, height: 9, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } }
  })
    .png()
    .toBuffer()
  t.equal(pixel(await decoded((await convertImage(clear, options)).bytes), 5, 5)[3], 0, 'nothing but hole')
})

t.test('a picture that is faint everywhere is seen', async t => {
  const svg = (opacity: number, more = ''): Buffer =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="20" height="40" fill-opacity="${opacity}"/>${more}</svg>`
    )
  const shown = async (bytes: Buffer): Promise<number[]> =>
    pixel(await decoded((await convertImage(bytes, options)).bytes), 5, 5)
  const [red = 0, , , alpha] = await shown(svg(0.4))
  t.equal(alpha, 255, 'a grey logo')
  t.ok(red > 120 && red < 180, 'mixed with the page')
  t.equal((await shown(svg(0.4, '<rect x="25" width="15" height="40"/>')))[3], 0, 'a shadow beside a picture goes')
})

t.test('drawings in millimetres and points are as large as in a browser', async t => {
  const large = { ...options, maxWidth: 600, maxHeight: 600 }
  const sizeOf = async (attributes: string): Promise<unknown> => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="50mm" height="25mm"/></svg>`
    const { bytes, width, height } = await convertImage(Buffer.from(svg), large)
    return [width, height, pixel(await decoded(bytes), 180, 80)[0]]
  }
  t.same(await sizeOf('width="100mm" height="50mm"'), [378, 189, 0])
  t.same(await sizeOf('width="378" height="189"'), [378, 189, 0], 'a shape in millimetres within pixels')
  t.same(((await sizeOf('width="300pt" height="150pt" viewBox="0 0 300 150"')) as number[]).slice(0, 2), [400, 200])
})

t.test('sizes', async t => {
  const input = await photo(200, 100).png().toBuffer()
  const cases: [Partial<ImageOptions>, number, number][] = [
    [{}, 100, 50],
    [{ maxWidth: 600, maxHeight: 600 }, 200, 100],
    [{ maxHeight: 20 }, 40, 20],
    [{ exact: { width: 33, height: 77 } }, 33, 77],
    [{ exact: { width: 400, height: 300 }, maxWidth: 580, maxHeight: 400 }, 400, 300],
    [{ exact: { width: 400, height: 300 } }, 100, 75],
    [{ exact: { width: 1, height: 1 } }, 1, 1],
    [{ exact: { width: 40, height: 0 } }, 40, 20],
    [{ exact: { width: 0, height: 40 } }, 80, 40],
    [{ exact: { width: 0, height: 80 } }, 100, 50]
  ]
  for (const [changes, width, height] of cases) {
    const image = await convertImage(input, { ...options, ...changes })
    t.match(image, { width, height }, JSON.stringify(changes))
    t.match(await decoded(image.bytes), { width, height })
    t.ok(image.bytes.length >= 36)
  }
})

t.test('what the web sends', async t => {
  const red = [255, 0, 0, 255]
  const blue = [0, 0, 255, 255]
  const lying = halves(40, 20, '#ff0000', '#0000ff')
  const cases: [string, Buffer][] = [
    ['png', await lying.clone().png().toBuffer()],
    ['png 16 bit', await lying.clone().toColourspace('rgb16').png().toBuffer()],
    ['png interlaced', await lying.clone().png({ progressive: true }).toBuffer()],
    ['jpeg progressive', await lying.clone().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['webp', await lying.clone().webp({ quality: 95 }).toBuffer()],
    ['webp lossless', await lying.clone().webp({ lossless: true }).toBuffer()],
    ['avif', await lying.clone().avif({ effort: 0, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['tiff', await lying.clone().tiff().toBuffer()],
    ['gif', await lying.clone().gif().toBuffer()],
    [
      'svg',
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path fill="red" d="M0 0h20v20H0z"/><path fill="#00f" d="M20 0h20v20H20z"/></svg>'
      )
    ],
    ['bmp 24 bits', bmp(24, 0, 20)],
    ['bmp from the top', bmp(24, 0, -20)],
    ['bmp 32 bits, alpha 0', bmp(32, 0, 20)],
    ['bmp 16 bits', bmp(16, 0, 20)],
    ['bmp 8 bits', bmp(8, 0, 20)],
    ['bmp 4 bits', bmp(4, 0, 20)],
    ['bmp run lengths', bmp(8, 1, 20)],
    ['ico of a bitmap', ico(iconBitmap(), 40, 20)],
    ['ico of a png', ico(await lying.clone().png().toBuffer(), 40, 20)]
  ]
  for (const [name, input] of cases) {
    const image = await convertImage(input, options)
    t.match(image, { width: 40, height: 20, type: 'image/gif' }, name)
    const pixels = await decoded(image.bytes)
    near(t, pixel(pixels, 8, 10), red, `${name} left`)
    near(t, pixel(pixels, 32, 10), blue, `${name} right`)
  }
})

/** A bitmap of 40 pixels a row, red to the left and blue to the right. */
function bmp(bits: number, compression: number, height: number): Buffer {
  const palette = bits <= 8 ? Buffer.of(0, 0, 255, 0, 255, 0, 0, 0) : Buffer.alloc(0)
  const left = { 4: [0], 8: [0], 16: [0, 0x7c], 24: [0, 0, 255], 32: [0, 0, 255, 0] }[bits] ?? []
  const right = { 4: [0x11], 8: [1], 16: [0x1f, 0], 24: [255, 0, 0], 32: [255, 0, 0, 0] }[bits] ?? []
  const steps = bits === 4 ? 10 : 20
  // the run: twenty of index 0, four of index 1, sixteen written out
  const line = compression
    ? [20, 0, 4, 1, 0, 16, ...Array<number>(16).fill(1), 0, 0]
    : [...Array<number[]>(steps).fill(left), ...Array<number[]>(steps).fill(right)].flat()
  const row = Buffer.from(line)
  const pixels = Buffer.concat(Array<Buffer>(Math.abs(height)).fill(row))
  const header = Buffer.alloc(54)
  header.write('BM')
  header.writeUInt32LE(54 + palette.length, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(40, 18)
  header.writeInt32LE(height, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(bits, 28)
  header.writeUInt32LE(compression, 30)
  header.writeUInt32LE(palette.length / 4, 46)
  return Buffer.concat([header, palette, pixels])
}

/** The bitmap of an icon: no file header, twice the height, and a mask (nothing left out) after the pixels. */
function iconBitmap(): Buffer {
  const bitmap = Buffer.concat([bmp(24, 0, 20).subarray(14), Buffer.alloc(20 * 8)])
  bitmap.writeInt32LE(40, 8)
  return bitmap
}

/** An icon of two images: a broken one that claims to be large, and this one. */
function ico(image: Buffer, width: number, height: number): Buffer {
  const directory = Buffer.alloc(6 + 32)
  directory.writeUInt16LE(1, 2)
  directory.writeUInt16LE(2, 4)
  directory.writeUInt32LE(5, 6 + 8)
  directory.set([width, height], 6 + 16)
  directory.writeUInt32LE(image.length, 6 + 16 + 8)
  directory.writeUInt32LE(directory.length, 6 + 16 + 12)
  return Buffer.concat([directory, image])
}

t.test('JPEG', async t => {
  const cases: [string, Sharp, Partial<ImageOptions>, object][] = [
    [
      'baseline',
      photo(200, 200).jpeg({ progressive: true }),
      {},
      { format: 'jpeg', isProgressive: false, channels: 3, space: 'srgb' }
    ],
    ['progressive if asked', photo(200, 200).jpeg(), { progressive: true }, { format: 'jpeg', isProgressive: true }],
    ['grey', photo(200, 200).greyscale().jpeg(), {}, { format: 'jpeg', channels: 1, space: 'b-w' }],
    ['CMYK', photo(200, 200).toColourspace('cmyk').jpeg(), {}, { format: 'jpeg', channels: 3, space: 'srgb' }],
    ['a photograph as PNG', photo(200, 200).png(), {}, { format: 'jpeg' }],
    [
      'with a profile',
      photo(200, 200)
        .withIccProfile('p3')
        .withExif({ IFD0: { Artist: 'A' } })
        .jpeg(),
      {},
      { format: 'jpeg', hasProfile: false, exif: undefined }
    ]
  ]
  for (const [name, source, changes, wanted] of cases) {
    const image = await convertImage(await source.toBuffer(), { ...options, formats: ['gif', 'jpeg'], ...changes })
    t.match(await sharp(image.bytes).metadata(), wanted, name)
    t.equal(image.type, 'image/jpeg', name)
  }
})

t.test('colours of CMYK and 16 bits', async t => {
  const orange = sharp({ create: { width: 20, height: 20, channels: 3, background: '#e08030' } })
  const cmyk = await orange.clone().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()
  t.equal((await sharp(cmyk).metadata()).space, 'cmyk')
  const wide = await orange.clone().toColourspace('rgb16').png().toBuffer()
  t.equal((await sharp(wide).metadata()).depth, 'ushort')
  near(t, pixel(await decoded((await convertImage(wide, options)).bytes), 9, 9), [0xe0, 0x80, 0x30, 255], '16 bits')
  const [r, g, b] = pixel(await decoded((await convertImage(cmyk, options)).bytes), 9, 9)
  t.ok(r! > g! + 60 && g! > b! + 30, `CMYK is still orange: ${r} ${g} ${b}`)
})

t.test('EXIF orientation', async t => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const turned = orientation > 4
    const input = await halves(80, 40, '#ff0000', '#0000ff').withMetadata({ orientation }).jpeg().toBuffer()
    const image = await convertImage(input, options)
    t.match(image, turned ? { width: 40, height: 80 } : { width: 80, height: 40 }, `orientation ${orientation}`)
    const first = pixel(await decoded(image.bytes), 5, 5)
    // where the stored left half is seen: left, right, right, left, top, top, bottom, bottom
    near(t, first, [2, 3, 7, 8].includes(orientation) ? [0, 0, 255] : [255, 0, 0], `orientation ${orientation}`)
  }
})

t.test('SVG', async t => {
  const text = (size: string): Buffer =>
    Buffer.from(
      `<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg" ${size}><text x="2" y="18" font-size="16">Retro</text></svg>`
    )
  const image = await convertImage(text('width="60" height="24"'), { ...options, background: '#ffffff' })
  const pixels = await decoded(image.bytes)
  t.match(image, { width: 60, height: 24 })
  t.ok(
    pixels.data.some((value, i) => i % 4 === 3 && value === 255),
    'letters are drawn'
  )
  t.equal(pixel(pixels, 59, 0)[3], 0, 'on nothing')
  const huge = await convertImage(text('viewBox="0 0 60 24" width="60000" height="24000"'), options)
  t.match(huge, { width: 100, height: 40 }, 'its own size costs nothing')
  const tiny = await convertImage(text('viewBox="0 0 60 24" width="6" height="2.4"'), {
    ...options,
    exact: { width: 60, height: 24 }
  })
  t.ok(colours(await decoded(tiny.bytes)).size > 1, 'drawn at the wanted size')
  const outside = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="9" height="9"><image x:href="file:///etc/hostname" width="9" height="9"/></svg>'
  )
  t.match(await convertImage(outside, options), { width: 9, height: 9 }, 'files are not read')
})

t.test('what fails', async t => {
  const png = await photo(60, 60).png().toBuffer()
  const bomb = Buffer.from(png)
  bomb.writeUInt32BE(20000, 16)
  bomb.writeUInt32BE(20000, 20)
  bomb.writeUInt32BE(crc(bomb.subarray(12, 29)), 29)
  const large = bmp(24, 0, 20)
  large.writeInt32LE(60000, 18)
  const unreadable = { name: 'ImageError', code: 'IMAGE_UNREADABLE' }
  const tooLarge = { name: 'ImageError', code: 'IMAGE_TOO_LARGE' }
  const cases: [string, Buffer, { name: string; code: string }][] = [
    ['nothing', Buffer.alloc(0), unreadable],
    ['a page', Buffer.from('<!doctype html><title>404</title>'), unreadable],
    ['the beginning of a PNG', png.subarray(0, 20), unreadable],
    [
      'noise after a signature',
      Buffer.concat([Buffer.from('GIF89a'), Buffer.from(Array.from({ length: 99 }, random(3)))]),
      unreadable
    ],
    ['a broken SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><g'), unreadable],
    ['JPEG 2000', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'), unreadable],
    ['half a header of a bitmap', bmp(24, 0, 20).subarray(0, 30), unreadable],
    ['an empty icon', Buffer.from('\0\0\x01\0\x02\0', 'latin1'), unreadable],
    ['a cut directory of an icon', Buffer.from('\0\0\x01\0', 'latin1'), unreadable],
    ['a pixel bomb', bomb, tooLarge],
    ['a large bitmap', large, tooLarge]
  ]
  for (const [name, bytes, error] of cases) await t.rejects(convertImage(bytes, options), error, name)
  t.equal(ImageError.from(new Error('timeout: 12% complete')).code, 'IMAGE_TIMEOUT')
})

function crc(bytes: Buffer): number {
  let sum = ~0
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return ~sum >>> 0
}

t.test('of an icon some images are tried, not all that it may name', async t => {
  const good = await photo(20, 20).png().toBuffer()
  for (const [broken, isFound] of [
    [MOST_TRIED - 1, true],
    [MOST_TRIED, false]
  ] as const) {
    const directory = Buffer.alloc(6 + 16 * (broken + 1))
    directory.writeUInt16LE(1, 2)
    directory.writeUInt16LE(broken + 1, 4)
    // Broken ones claim to have 256 pixels a side, and come first.
    directory.set([20, 20], directory.length - 16)
    directory.writeUInt32LE(good.length, directory.length - 8)
    directory.writeUInt32LE(directory.length, directory.length - 4)
    const made = convertImage(Buffer.concat([directory, good]), options)
    if (isFound) t.match(await made, { source: { kind: 'ico', width: 20 } })
    else await t.rejects(made, { code: 'IMAGE_UNREADABLE' })
  }
})

t.test('half an image is better than none', async t => {
  const jpeg = await photo(90, 90).jpeg().toBuffer()
  const png = await photo(90, 90).png({ compressionLevel: 0 }).toBuffer()
  for (const [name, bytes] of [
    ['jpeg', jpeg],
    ['png', png],
    ['bmp', bmp(24, 0, 20)]
  ] as const) {
    const image = await convertImage(bytes.subarray(0, bytes.length * 0.6), { ...options, formats: ['gif', 'jpeg'] })
    t.ok((await decoded(image.bytes)).width > 1, name)
  }
})

t.test('the original is kept when nothing is gained', async t => {
  const line = await convertImage(await halves(60, 40, '#000000', '#ffffff').png().toBuffer(), options)
  const gif = line.bytes
  const { bytes: small } = await convertImage(await photo(90, 90).png().toBuffer(), {
    ...options,
    formats: ['jpeg'],
    jpegQuality: 10
  })
  const both = { formats: ['gif', 'jpeg'] } satisfies Partial<ImageOptions>
  const cases: [string, Buffer, Partial<ImageOptions>, boolean][] = [
    ['gif', gif, {}, true],
    ['gif in the palette', gif, { palette: { kind: 'fixed', name: 'mono' } }, true],
    ['gif of another size', gif, { exact: { width: 30, height: 20 } }, false],
    ['gif cut off', gif.subarray(0, -1), {}, false],
    [
      'gif of too many colours',
      await photo(60, 60).gif().toBuffer(),
      { palette: { kind: 'adaptive', colours: 16 } },
      false
    ],
    ['interlaced gif', await halves(60, 40, '#000000', '#ffffff').gif({ progressive: true }).toBuffer(), {}, false],
    ['jpeg', small, both, true],
    ['jpeg that is not wanted', small, {}, false],
    ['progressive jpeg', await photo(90, 90).jpeg({ quality: 10, progressive: true }).toBuffer(), both, false],
    ['jpeg cut off', small.subarray(0, -2), both, false]
  ]
  for (const [name, bytes, changes, kept] of cases) {
    t.equal((await convertImage(bytes, { ...options, ...changes })).bytes === bytes, kept, name)
  }
})

t.test('icons stay GIF', async t => {
  const input = await photo(48, 48, x => (x < 9 ? 0 : 255))
    .png()
    .toBuffer()
  t.equal((await convertImage(input, { ...options, formats: ['jpeg', 'gif'] })).type, 'image/gif')
})

t.test('PNG when it pays', async t => {
  const input = await photo(90, 90, x => (x < 9 ? 0 : 255))
    .png()
    .toBuffer()
  for (const count of [2, 4, 16]) {
    const few = {
      ...options,
      formats: ['png', 'gif'],
      palette: { kind: 'adaptive', colours: count },
      dither: 'none',
      coarseness: 0
    } satisfies ImageOptions
    const image = await convertImage(input, few)
    t.equal(image.type, 'image/png', `${count} colours`)
    t.ok(
      image.bytes.length < (await convertImage(input, { ...few, formats: ['gif'] })).bytes.length,
      'smaller than GIF'
    )
    const pixels = await decoded(image.bytes)
    t.equal(pixel(pixels, 3, 3)[3], 0, 'the hole is kept')
    t.ok(colours(pixels).size <= count)
  }
})

t.test('files to save: BMP, PICT, XBM', async t => {
  const input = await photo(90, 61, x => (x < 9 ? 0 : 255))
    .png()
    .toBuffer()
  for (const count of [2, 4, 16, 256]) {
    const look = {
      ...options,
      background: '#00ff00',
      palette: { kind: 'adaptive', colours: count }
    } satisfies ImageOptions
    const bmp = await convertImage(input, { ...look, only: 'bmp' })
    t.match(bmp, { type: 'image/bmp', width: 90, height: 61 })
    const back = readBmp(bmp.bytes, 1e6)
    t.same([back.width, back.height], [90, 61])
    t.ok(colours({ ...back, data: Buffer.from(back.data) }).size <= count, `${count} colours`)
    if (count > 4) near(t, [...back.data.subarray(0, 3)], [0, 255, 0], 'holes have the colour of the page')
    const pict = (await convertImage(input, { ...look, only: 'pict' })).bytes
    t.same(
      unpackPict(pict, 90, 61),
      Buffer.from(back.data).filter((_, i) => i % 4 < 3),
      `PICT of ${count} colours`
    )
  }
  const { bytes, type } = await convertImage(input, { ...options, only: 'xbm', dither: 'none', coarseness: 0 })
  t.equal(type, 'image/x-xbitmap')
  const listing = bytes.toString('latin1')
  t.match(listing, /^#define image_width 90\n#define image_height 61\nstatic char image_bits\[\] = \{/)
  const bits = listing.match(/0x\w\w/g)!.map(Number)
  t.equal(bits.length, 12 * 61, 'rows are whole bytes')
  const grey = await decoded(
    (
      await convertImage(input, {
        ...options,
        only: 'gif',
        palette: { kind: 'fixed', name: 'mono' },
        dither: 'none',
        coarseness: 0
      })
    ).bytes
  )
  const wrong = Array.from({ length: 90 * 61 }, (_, i) => i).filter(
    i =>
      i % 90 > 9 &&
      ((bits[Math.floor(i / 90) * 12 + ((i % 90) >> 3)]! >> ((i % 90) % 8)) & 1) !== (grey.data[i * 4] === 0 ? 1 : 0)
  )
  t.same(wrong, [], 'a bit is a black pixel, the lowest first')
})

t.test('files to save: ILBM for the Amiga', async t => {
  for (const [width, height, viewModes] of [
    [1, 1, 0],
    [90, 61, 0],
    [320, 256, 0],
    [321, 5, 0x8004],
    [16, 257, 0x8004]
  ] as const) {
    const input = await photo(width, height, x => (x < 9 ? 0 : 255))
      .png()
      .toBuffer()
    for (const count of [2, 3, 16, 17, 64, 256]) {
      const look = {
        ...options,
        maxWidth: 400,
        maxHeight: 400,
        palette: { kind: 'adaptive', colours: count }
      } satisfies ImageOptions
      const { bytes, type } = await convertImage(input, { ...look, only: 'ilbm' })
      t.equal(type, 'image/x-ilbm')
      const { data } = readBmp((await convertImage(input, { ...look, only: 'bmp' })).bytes, 1e6)
      const ilbm = readIlbm(bytes)
      t.match(ilbm, { width, height, viewModes, masking: 0, compression: 1, pageWidth: width, pageHeight: height })
      t.equal(ilbm.colours, 1 << ilbm.planes, 'the colour map has as many entries as the planes can name')
      t.ok(ilbm.colours < 2 * count, `${ilbm.planes} planes for ${count} colours`)
      t.ok(
        ilbm.data.equals(Buffer.from(data).filter((_, i) => i % 4 < 3)),
        `${width} x ${height}, ${count} colours: the pixels of the BMP`
      )
    }
  }
})

interface Ilbm extends Pixels {
  planes: number
  masking: number
  compression: number
  pageWidth: number
  pageHeight: number
  viewModes: number
  colours: number
}

/** An ILBM as EA IFF 85 says that it is read: chunks one after the other, planes by line, ByteRun1. */
function readIlbm(file: Buffer): Ilbm {
  const chunks = new Map<string, Buffer>()
  t.equal(file.toString('latin1', 0, 4) + file.toString('latin1', 8, 12), 'FORMILBM')
  t.equal(file.readUInt32BE(4), file.length - 8, 'the form is as long as the file')
  for (let at = 12; at < file.length;) {
    const length = file.readUInt32BE(at + 4)
    chunks.set(file.toString('latin1', at, at + 4), file.subarray(at + 8, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  t.strictSame([...chunks.keys()], ['BMHD', 'CAMG', 'CMAP', 'BODY'])
  const [head, map, body] = ['BMHD', 'CMAP', 'BODY'].map(name => chunks.get(name)!) as [Buffer, Buffer, Buffer]
  const [width, height, planes] = [head.readUInt16BE(0), head.readUInt16BE(2), head[8]!]
  const stride = ((width + 15) >> 4) << 1
  const indices = new Uint8Array(width * height)
  let at = 0
  for (let y = 0; y < height; y++) {
    for (let plane = 0; plane < planes; plane++) {
      const row: number[] = []
      while (row.length < stride) {
        const count = body.readInt8(at++)
        if (count >= 0) {
          row.push(...body.subarray(at, at + count + 1))
          at += count + 1
        } else if (count !== -128) row.push(...Array<number>(1 - count).fill(body[at++]!))
      }
      if (row.length !== stride) t.fail(`a run goes beyond row ${y} of plane ${plane}`)
      for (let x = 0; x < width; x++) if ((row[x >> 3]! & (128 >> (x & 7))) !== 0) indices[y * width + x]! |= 1 << plane
    }
  }
  t.equal(at, body.length, 'nothing is left over')
  return {
    width,
    height,
    planes,
    masking: head[9]!,
    compression: head[10]!,
    pageWidth: head.readUInt16BE(16),
    pageHeight: head.readUInt16BE(18),
    viewModes: chunks.get('CAMG')!.readUInt32BE(),
    colours: map.length / 3,
    data: Buffer.concat([...indices].map(index => map.subarray(index * 3, index * 3 + 3)))
  }
}

/** The pixels of a PICT as QuickDraw would draw them: red, green, blue. Only what an image of one pixel map has. */
function unpackPict(file: Buffer, width: number, height: number): Buffer {
  let at = file.indexOf(Buffer.of(0, 0x98)) + 2
  const stride = file.readUInt16BE(at) & 0x7fff
  at += 46
  const count = file.readUInt16BE(at + 6) + 1
  const table = Array.from({ length: count }, (_, i) => [2, 4, 6].map(k => file[at + 8 + i * 8 + k]!))
  at += 8 + count * 8 + 18
  const out: number[] = []
  for (let y = 0; y < height; y++) {
    const row: number[] = []
    at += 1
    while (row.length < stride) {
      const flag = file.readInt8(at++)
      if (flag >= 0) row.push(...file.subarray(at, at + flag + 1))
      else row.push(...Array<number>(1 - flag).fill(file[at]!))
      at += flag >= 0 ? flag + 1 : 1
    }
    out.push(...row.slice(0, width).flatMap(index => table[index]!))
  }
  return Buffer.from(out)
}

t.test('the colours of an Amiga', async t => {
  const input = await photo(90, 60).png().toBuffer()
  const { bytes } = await convertImage(input, {
    ...options,
    palette: { kind: 'adaptive', colours: 32, channelBits: 4 }
  })
  const found = [...colours(await decoded(bytes))]
  t.ok(found.length > 16 && found.length <= 32, `${found.length} colours`)
  t.ok(
    found.every(colour => /^(.)\1(.)\2(.)\3$/.test(colour)),
    found.join(' ')
  )
})

t.test('too many bytes', async t => {
  const input = await photo(100, 100).png().toBuffer()
  const limited = (maxBytes: number): ImageOptions => ({ ...options, limits: { ...options.limits, maxBytes } })
  const whole = (await convertImage(input, options)).bytes.length
  const less = await convertImage(input, limited(Math.floor(whole / 3)))
  t.match(less, { width: 100, height: 100 })
  t.ok(less.bytes.length <= whole / 3, `${less.bytes.length} of ${whole}`)
  await t.rejects(convertImage(input, limited(50)), { code: 'IMAGE_TOO_LARGE' })
})

t.test('animation', async t => {
  const frame = (background: string): Promise<Buffer> =>
    sharp({ create: { width: 40, height: 20, channels: 4, background } })
      .png()
      .toBuffer()
  const frames = await Promise.all(['#ff0000', '#00ff00', '#0000ff'].map(frame))
  const input = await sharp(frames, { join: { animated: true } })
    .gif({ delay: [0, 200, 300], loop: 0 })
    .toBuffer()
  const moving = { ...options, animation: true, exact: { width: 20, height: 10 } }
  const image = await convertImage(input, moving)
  t.match(image, { type: 'image/gif', width: 20, height: 10 })
  t.match(await sharp(image.bytes).metadata(), { pages: 3, delay: [100, 200, 300], loop: 0, width: 20 })
  for (const [page, colour] of [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255]
  ].entries()) {
    const { data } = await sharp(image.bytes, { page }).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    near(t, [...data.subarray(0, 3)], colour, `frame ${page}`)
  }
  const stills: [string, Partial<ImageOptions>][] = [
    ['not wanted', { animation: false }],
    ['too many frames', { limits: { ...options.limits, maxFrames: 2 } }],
    ['too many pixels', { limits: { ...options.limits, maxPixels: 1000 } }],
    ['too many bytes', { limits: { ...options.limits, maxBytes: 80 } }]
  ]
  for (const [name, changes] of stills) {
    const still = await convertImage(input, { ...moving, ...changes })
    t.equal((await sharp(still.bytes).metadata()).pages ?? 1, 1, name)
    t.equal(still.bytes.toString('latin1', 0, 6), 'GIF87a', name)
  }
  const rows = (seed: number): Buffer =>
    Buffer.from(Array.from({ length: 80 * 80 * 3 }, (_, i) => (i * i * seed) % 251))
  const noisy = await sharp(
    await Promise.all(
      [3, 5, 7].map(seed =>
        sharp(rows(seed), { raw: { width: 80, height: 80, channels: 3 } })
          .png()
          .toBuffer()
      )
    ),
    { join: { animated: true } }
  )
    .gif()
    .toBuffer()
  const tight = await convertImage(noisy, { ...options, animation: true, budgetBytes: 20_000 })
  t.equal((await sharp(tight.bytes).metadata()).pages ?? 1, 1, 'a small one has no more than twice what a still has')
  const small = await convertImage(input, { ...moving, budgetBytes: 20_000 })
  t.equal((await sharp(small.bytes).metadata()).pages, 3, 'a sign may move')
  const made = await convertImage(input, { ...options, animation: true })
  const again = await convertImage(made.bytes, { ...options, animation: true })
  t.same(again.bytes, made.bytes, 'ours is kept')
})

t.test('an animation with holes', async t => {
  // a square that moves: what it leaves is see-through again, which frames that stay in place cannot show
  const frame = (left: number): Promise<Buffer> => {
    const square = { create: { width: 10, height: 10, channels: 4, background: '#ff0000' } } as const
    return sharp({ create: { width: 40, height: 20, channels: 4, background: '#00000000' } })
      .composite([{ input: square, left, top: 5 }])
      .png()
      .toBuffer()
  }
  const input = await sharp(await Promise.all([frame(0), frame(20)]), { join: { animated: true } })
    .gif({ loop: 1 })
    .toBuffer()
  const image = await convertImage(input, {
    ...options,
    animation: true,
    background: '#00ff00',
    exact: { width: 80, height: 40 }
  })
  const { data } = await sharp(image.bytes, { page: 1 }).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const last = { data, width: 40, height: 20 }
  t.match(image, { width: 40, height: 20 }, 'frames that the page enlarges are enlarged by the browser')
  near(t, pixel(last, 5, 10), [0, 255, 0, 255], 'the old place has the background')
  near(t, pixel(last, 25, 10), [255, 0, 0, 255], 'the new place is red')
  t.match(await sharp(image.bytes).metadata(), { pages: 2, loop: 1 })
})

t.test('bitmaps of X Window become GIFs', async t => {
  const xbm = '#define logo_width 10\n#define logo_height 2\nstatic char logo_bits[] = {\n 0x01, 0x02, 0xff, 0x03};\n'
  t.equal(sniffImage(Buffer.from(xbm)), 'xbm')
  const { data, width, height } = readXbm(Buffer.from(xbm), 1000)
  const seen = Array.from({ length: width * height }, (_, at) => (data[at * 4 + 3] === 255 ? '#' : '.')).join('')
  t.equal(seen, '#........###########', 'the lowest bit first, each row in bytes of its own')
  t.throws(() => readXbm(Buffer.from(xbm), 10), /10 x 2 pixels/)
  t.equal(readXbm(Buffer.from(xbm.replace('0xff, 0x03', '')), 1000).data.length, 80, 'one that was cut has its size')
  t.equal(sniffImage(Buffer.from('#define WIDTH 3\nint x;')), undefined)
  t.end()
})
