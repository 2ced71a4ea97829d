/** Names of placeholder files, which are shown until a script runs; and the endings of image files. */
const PLACEHOLDER =
  /(?:^|[/_.-])(?:spacer|blank|placeholder|lazy(?:load)?(?:ing)?|loading|loader|preload(?:er)?|transparent|pixel|clear|1x\dt?|grey|empty|dummy|default-image)(?![a-z\d])/i
const IMAGE_FILE = /\.(?:gif|png|svg|jpe?g|webp)\?/i

/** Each segment is tested from the first such name on: one pattern for all of it would go back at each name. */
const isPlaceholderFile = (address: string): boolean =>
  PLACEHOLDER.test(address) &&
  `${address}?`.split('/').some(part => {
    const name = PLACEHOLDER.exec(part)
    return name !== null && IMAGE_FILE.test(part.slice(name.index + name[0].length))
  })

/** Whether an address is empty or that of a placeholder for an image that a script would fetch. */
export const isPlaceholder = (source: string | undefined): boolean =>
  source === undefined ||
  source.trim() === '' ||
  source.startsWith('about:') ||
  source.trim() === '#' ||
  (source.startsWith('data:') && source.length < 1200) ||
  isPlaceholderFile(source)
