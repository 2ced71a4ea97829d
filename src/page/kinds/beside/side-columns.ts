import type { Block, Region, Survey } from '../../content/blocks.js'
import { blocksIn } from '../../content/regions.js'
import { setOf } from '../../content/words.js'

/** What says on which side of a text a column stands, and the words beside that in its name. */
const SIDES = setOf(
  'side left right links rechts droite gauche derecha izquierda destra sinistra direita esquerda lateral prawa lewa sag sol'
)
const COLUMN = setOf('col column columns bar box inner wrap wrapper container spalte colonne columna colonna coluna')
/** The column of the text has so much of the running text, and the other so much of that at most. Shares. */
const LEAST_MAIN = 0.6
const MOST_BESIDE = 0.25

const isNamedSide = ({ names }: Region): boolean =>
  names.some(name => SIDES.has(name)) && names.every(name => SIDES.has(name) || COLUMN.has(name))

/** A picture with its caption, put to one side, leads nowhere; a column has lists and headings of their own. */
const isColumn = ({ heading, links }: Block): boolean => heading > 1 || links > 0

/** Columns that are called by the side on which they stand, right beside the one that holds the running text. */
export function sideColumns(survey: Survey, proseOf: (region: Region) => number, all: number): readonly Region[] {
  const { regions } = survey
  const mains = new Map<Region, Region>()
  for (const region of regions)
    if (region.parent !== undefined && proseOf(region) >= LEAST_MAIN * all) mains.set(region.parent, region)
  return regions.filter(region => {
    const main = region.parent === undefined || !isNamedSide(region) ? undefined : mains.get(region.parent)
    if (main === undefined || main === region || proseOf(region) > MOST_BESIDE * proseOf(main)) return false
    const own = blocksIn(survey, region)
    return own.some(isColumn) && own.every(({ heading }) => heading !== 1)
  })
}
