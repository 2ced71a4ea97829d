/** All colours, divided into blocks of one size: cubes with a side of 2 to the power of `shift` levels. */
export interface Grid {
  readonly shift: number
  /** How many colours of a list narrow it down: fewer take less time, all leave it in the order of the distance. */
  readonly planes: number
  /** Where the list of each block begins, red by red, green by green; 0 is a list that was not needed yet. */
  readonly starts: Int32Array
  /** The grid of larger blocks, from whose lists those of this one are made. */
  readonly larger?: Grid
}

/** The list of all colours begins here. */
const allColours = 1

/** To compare so few colours takes less time than to narrow the list down. Entries */
const shortList = 4

/** Room for the lists of the larger blocks of a photograph in 256 colours, and for those of all. Entries */
const littleRoom = 1 << 12
const usualRoom = 1 << 14

/**
 * For each block of colours, those colours of a palette that can be nearest to some colour in it: of 256, about eight for a
 * small block. A list is made when it is first needed, from the list of the larger block around it.
 */
export class ColourBlocks {
  /**
   * All lists in one array, because an array for each would cost more than filling it. A list is its length and its
   * entries (entriesOf()).
   */
  entries: Int32Array
  /** Cubes of 32 levels for few searches, and of 16 for many; of half the side where the colours are dense. */
  readonly small: Grid
  #end: number
  /** The squares of the distances of one list's colours from the middle of a block. */
  readonly #squares: Int32Array

  /** The colours as entriesOf() gives them. */
  constructor(colours: Int32Array, searches: 'few' | 'many') {
    const many = searches === 'many'
    const middle = grid({ shift: 5, planes: 3 }, grid({ shift: 6, planes: 3 }))
    this.small = many ? gridForMany(colours, middle) : gridForFew(colours, middle)
    this.entries = new Int32Array(many ? usualRoom : littleRoom)
    this.entries[allColours] = colours.length
    this.#end = allColours + 1
    this.#makeRoom(colours.length)
    this.entries.set(colours, this.#end)
    this.#end += colours.length
    this.#squares = new Int32Array(colours.length)
  }

  /** Where the list for a colour begins; it is made if it is not there. Red, green and blue in eight bits each */
  listFor(colour: number, grid: Grid | undefined): number {
    if (grid === undefined) return allColours
    const { shift, starts } = grid
    const block = blockOf(colour, shift)
    const known = starts[block] ?? 0
    if (known !== 0) return known
    const from = this.listFor(colour, grid.larger)
    if ((this.entries[from] ?? 0) <= shortList) return (starts[block] = from)
    return (starts[block] = this.#narrow(from, middleOf(colour, shift), grid))
  }

  /**
   * Makes the list of those colours that can be nearest to a colour of a block. What is as far from one colour as from
   * another is a plane between them: a colour that lies behind such a plane, with all of the block before it, cannot. The
   * planes of the colours near the middle of the block come first, which leave little more than those of all.
   */
  #narrow(from: number, middle: Colour, { shift, planes }: Grid): number {
    const length = this.entries[from] ?? 0
    const start = this.#end
    this.#makeRoom(length + 1)
    this.entries.copyWithin(start + 1, from + 1, from + 1 + length)
    this.#measure(start + 1, length, middle)
    let count = length
    for (let place = 0; place < planes && place < count; place++) {
      this.#bringNearest(start + 1, place, count)
      count = this.#drop(start + 1, place, { count, side: 1 << shift })
    }
    this.entries[start] = count
    this.#end = start + 1 + count
    return start
  }

  /** Notes how far so many colours are from the middle of a block. */
  #measure(start: number, count: number, { red, green, blue }: Colour): void {
    const entries = this.entries
    const squares = this.#squares
    for (let k = 0; k < count; k++) {
      const entry = entries[start + k] ?? 0
      const dr = ((entry >> 16) & 255) - red
      const dg = ((entry >> 8) & 255) - green
      const db = (entry & 255) - blue
      squares[k] = dr * dr + dg * dg + db * db
    }
  }

  /** Exchanges the colour at a place of a list for that of the rest that is nearest to the middle. */
  #bringNearest(start: number, place: number, count: number): void {
    const entries = this.entries
    const squares = this.#squares
    let best = place
    for (let k = place + 1; k < count; k++) if ((squares[k] ?? 0) < (squares[best] ?? 0)) best = k
    const [entry = 0, square = 0] = [entries[start + best], squares[best]]
    entries[start + best] = entries[start + place] ?? 0
    squares[best] = squares[place] ?? 0
    entries[start + place] = entry
    squares[place] = square
  }

  /** Drops the colours after a place that are behind the plane between them and the colour there, and returns how many stay. */
  #drop(start: number, place: number, { count, side }: { count: number; side: number }): number {
    const entries = this.entries
    const squares = this.#squares
    const near = entries[start + place] ?? 0
    const least = squares[place] ?? 0
    const red = (near >> 16) & 255
    const green = (near >> 8) & 255
    const blue = near & 255
    let kept = place + 1
    for (let k = place + 1; k < count; k++) {
      const entry = entries[start + k] ?? 0
      const square = squares[k] ?? 0
      const apart =
        Math.abs(((entry >> 16) & 255) - red) + Math.abs(((entry >> 8) & 255) - green) + Math.abs((entry & 255) - blue)
      if (square - least > side * apart) continue
      entries[start + kept] = entry
      squares[kept++] = square
    }
    return kept
  }

  /** Makes room for so many entries after the last list. */
  #makeRoom(entries: number): void {
    if (this.#end + entries <= this.entries.length) return
    const longer = new Int32Array(this.entries.length * 2)
    longer.set(this.entries)
    this.entries = longer
  }
}

interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
}

/** So many colours in one of the blocks of 16 levels that have any are dense: those of a grey photograph. */
const denseColours = 3
/** And so many in one of 32 levels, where there are few searches. */
const denseColoursOfFew = 8

/** Whether the blocks of a grid that have any colours have so many each. */
function areDense(colours: Int32Array, { shift, starts }: Grid, many: number): boolean {
  const seen = new Uint8Array(starts.length)
  let blocks = 0
  for (let i = 0; i < colours.length; i++) {
    const block = blockOf(colours[i] ?? 0, shift)
    if (seen[block] === 1) continue
    seen[block] = 1
    blocks++
  }
  return colours.length >= blocks * many
}

function gridForMany(colours: Int32Array, middle: Grid): Grid {
  const usual = grid({ shift: 4, planes: Infinity }, middle)
  return areDense(colours, usual, denseColours) ? grid({ shift: 3, planes: Infinity }, usual) : usual
}

const gridForFew = (colours: Int32Array, middle: Grid): Grid =>
  areDense(colours, middle, denseColoursOfFew) ? grid({ shift: 4, planes: 3 }, middle) : middle

/** The middle of a colour's block. */
function middleOf(colour: number, shift: number): Colour {
  const half = 1 << (shift - 1)
  const middle = (channel: number): number => ((channel >> shift) << shift) + half
  return { red: middle((colour >> 16) & 255), green: middle((colour >> 8) & 255), blue: middle(colour & 255) }
}

/** The place of a colour's block in a grid: red, green and blue in eight bits each, with an index before them or none. */
function blockOf(colour: number, shift: number): number {
  const bits = 8 - shift
  return (
    ((((((colour >> 16) & 255) >> shift) << bits) | (((colour >> 8) & 255) >> shift)) << bits) |
    ((colour & 255) >> shift)
  )
}

function grid(size: Pick<Grid, 'shift' | 'planes'>, larger?: Grid): Grid {
  const all = { ...size, starts: new Int32Array(1 << (3 * (8 - size.shift))) }
  return larger === undefined ? all : { ...all, larger }
}
