import { attribute, removeAttribute, setAttribute, type Element } from '../tree/tree.js'
import { colourOf, contrast, type Colour } from './colour.js'

/** The attributes of BODY that are colours. */
const COLOURS = ['bgcolor', 'text', 'link', 'vlink', 'alink']

/** What a browser has where a page says nothing, and what stands under light letters whose dark ground is not sent. */
export const WHITE = '#FFFFFF'
const BLACK = '#000000'

/** Letters with less contrast are not read (WCAG 2.2, the least for large ones). */
export const LEAST_CONTRAST = 3

/** Letters that their own page gives this little contrast were meant to be hidden, or stand on what is not sent. */
export const LEAST_MEANT = 1.3

/**
 * Gives all colours of a BODY six digits, so that none of a pair is lost. Where the ground of its letters was a picture
 * that is not sent, or nothing, they get one that they can be read on. Returns the ground.
 */
export function plainBodyColours(body: Element): Colour {
  for (const name of COLOURS) {
    const colour = colourOf(attribute(body, name))
    if (colour === undefined) removeAttribute(body, name)
    else setAttribute(body, name, colour)
  }
  const ground = attribute(body, 'bgcolor')
  const isShown = attribute(body, 'background') !== undefined
  const letters = attribute(body, 'text') ?? attribute(body, 'link') ?? BLACK
  const least = ground === undefined ? LEAST_CONTRAST : isShown ? 0 : LEAST_MEANT
  const isFine = contrast(letters, ground ?? WHITE) >= least
  const made = isFine ? (ground ?? WHITE) : contrast(letters, WHITE) < LEAST_CONTRAST ? BLACK : WHITE
  if (ground === undefined && attribute(body, 'text') === undefined && isFine) return WHITE
  // One alone would be mixed with a colour of the user's own.
  setAttribute(body, 'bgcolor', made)
  if (attribute(body, 'text') === undefined)
    setAttribute(body, 'text', contrast(BLACK, made) < LEAST_CONTRAST ? WHITE : BLACK)
  return made
}
