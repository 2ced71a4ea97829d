/**
 * Functions that V8 takes into the one that calls them when it optimises that: bytecode in all, of which V8 itself takes
 * 920. With less its other threads optimise in half of the time: the first pages of a thread take a fifth less of the
 * processor, the first images of a process a tenth, and later ones as much as before (61 pages with Node 20, 22, 24 and 26,
 * and 30 images, by turns). Bytes.
 */
const MOST_INLINED = 200

/** The flag of V8 for that. */
export const INLINE_LITTLE = `--max-inlined-bytecode-size-cumulative=${MOST_INLINED}`
