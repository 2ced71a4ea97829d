import type { Indexed } from './colour/indexed.js'
import type { ImageLook, PaletteSpec } from './look.js'
import type { Picture } from './picture.js'

/** A picture on its way into a format, and what has been found out about it. */
export interface Candidate {
  /** As it was decoded, with its alpha. */
  picture: Picture
  /** All pixels hide what is behind them. */
  opaque: boolean
  /** Some pixels are not drawn. */
  holes: boolean
  look: ImageLook
  /** So small that it is an icon. */
  icon: boolean
  /** It came as a photograph, and goes to a screen of many colours: JPEG without comparing. */
  plainPhotograph: () => boolean
  /** Reduced to the palette; made when first asked for. */
  indexed: () => Indexed
}

interface Writable {
  /** As it stands in addresses, in profiles, and in capitals in menus. */
  name: string
  /** What browsers of the time know. */
  mediaType: string
  write: (candidate: Candidate) => Promise<Buffer> | Buffer
}

/** A format that images of pages come in. */
export interface PageFormat extends Writable {
  kind: 'page'
  /** Every browser that shows images shows it, and every machine has a program for it. */
  everywhere?: true
  /** Whether it is worth trying. */
  suits: (candidate: Candidate) => boolean
  /** Its bytes count this many times when formats are compared; 0 takes it without comparing. */
  price: (candidate: Candidate) => number
}

/** A format of files to save. It has no holes: those get the colour of the page. */
export interface SaveFormat extends Writable {
  kind: 'save'
  /** It has these colours and no others. */
  palette?: PaletteSpec
}
