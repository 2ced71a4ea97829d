import sharp from 'sharp'

/** Numbers from 0 to below 1 that are the same each time: a generator of Lehmer's (Park and Miller, 1988). */
function createNumbers(): () => number {
  let seed = 1
  return () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
}

/** A JPEG of clouds with grain, which take as many bytes as a photograph does; the same one for the same size. */
export async function clouds(width: number, height: number): Promise<Buffer> {
  const next = createNumbers()
  /** About 128, as far from it as a sum of four is that are all alike. */
  const noise = (sigma: number, blur: number): Promise<Buffer> => {
    const scale = sigma * Math.sqrt(3)
    const grain = Uint8ClampedArray.from(
      { length: width * height * 3 },
      () => 128 + (next() + next() + next() + next() - 2) * scale
    )
    return sharp(grain, { raw: { width, height, channels: 3 } })
      .blur(blur)
      .png()
      .toBuffer()
  }
  return await sharp(await noise(120, 4))
    .composite([{ input: await noise(40, 0.6), blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer()
}
