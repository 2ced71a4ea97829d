import { spawn } from 'node:child_process'
import { once } from 'node:events'
import sharp from 'sharp'
import { listen } from './exchanges/measure.js'
import { ask, median, perSecond, publish } from './visiting.js'

const IMAGES = 24
/** As many as a browser of the time asks for at once. */
const CLIENTS = 4
const ROUNDS = 3

/** Soft shapes with grain, in four sizes that pages have. */
async function photograph(at: number): Promise<Buffer> {
  const [width, height] = (
    [
      [1024, 768],
      [640, 480],
      [300, 200],
      [120, 90]
    ] as const
  )[at % 4]!
  const noise = (sigma: number, blur: number): Promise<Buffer> =>
    sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma } } })
      .blur(blur)
      .png()
      .toBuffer()
  return await sharp(await noise(120, 5 + at / 4))
    .composite([{ input: await noise(30, 0.7), blend: 'soft-light' }])
    .jpeg({ quality: 85 })
    .toBuffer()
}

/** A process of ImageMagick makes a GIF of the image; false where there is no ImageMagick. */
async function magick(bytes: Buffer): Promise<boolean> {
  const child = spawn('convert', ['-', '-resize', '600x>', '-colors', '256', 'gif:-'], {
    stdio: ['pipe', 'ignore', 'ignore']
  })
  child.stdin.on('error', () => {}).end(bytes)
  return await Promise.race([once(child, 'error').then(() => false), once(child, 'exit').then(([code]) => code === 0)])
}

/** Images through the whole proxy, against a process of ImageMagick for each; README.md says how. */
export async function benchImageVisits(print: (line: string) => void): Promise<void> {
  const images = await Promise.all(Array.from({ length: IMAGES }, (_, at) => photograph(at)))
  const site = await listen('origin')
  const proxy = await listen('ours')
  // Other bytes at their ends: none was converted before.
  const published = (round: number): Promise<string[]> =>
    Promise.all(
      images.map((bytes, at) =>
        publish(site, `${round}-${at}.jpg`, 'image/jpeg', Buffer.concat([bytes, Buffer.from(`${round} ${at}`)]))
      )
    )
  const visit = async (round: number): Promise<number> =>
    await perSecond(await published(round), CLIENTS, address => ask(proxy, address))
  await visit(0)
  const hasMagick = await magick(images[0]!)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    ours.push(await visit(round))
    if (hasMagick) theirs.push(await perSecond(images, CLIENTS, async bytes => void (await magick(bytes))))
  }
  const against = hasMagick
    ? `${(median(ours) / median(theirs)).toFixed(1)} times those of a process of ImageMagick for each`
    : 'there is no ImageMagick to compare with'
  print(`images through the proxy: ${median(ours).toFixed(0)}/s, ${against}`)
  proxy.child.kill()
  site.child.kill()
}
