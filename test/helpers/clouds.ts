import sharp from 'sharp'

/** A JPEG of clouds with grain, which take as many bytes as a photograph does. */
export async function clouds(width: number, height: number): Promise<Buffer> {
  const noise = (sigma: number, blur: number): Promise<Buffer> =>
    sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma } } })
      .blur(blur)
      .png()
      .toBuffer()
  return await sharp(await noise(120, 4))
    .composite([{ input: await noise(40, 0.6), blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer()
}
