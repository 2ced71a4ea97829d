/** A tag without > is not from the composer: it is read to the end of the text, once. */
const TOKEN = /<(\/?)([A-Z][A-Z0-9]*)\b[^>]*>?/g
const WHOLE = new Set(['SELECT', 'TEXTAREA', 'MAP'])

/** A piece of what the composer wrote: text, a tag, or an element that is never cut, with all that is in it. */
export interface Token {
  readonly kind: 'text' | 'start' | 'end' | 'whole'
  /** The name of the element; empty for text */
  readonly name: string
  readonly text: string
  /** Where it begins. Characters */
  readonly at: number
}

function endOf(written: string, name: string, at: number): number {
  const end = written.indexOf(`</${name}>`, at)
  return end < 0 ? written.length : end + name.length + 3
}

/** The tokens of what the composer wrote, in order; texts may be empty. */
export function* tokensOf(written: string): Generator<Token> {
  const pattern = new RegExp(TOKEN)
  let from = 0
  for (let match = pattern.exec(written); match !== null; match = pattern.exec(written)) {
    const [tag, slash, name = ''] = match
    const at = match.index
    yield { kind: 'text', name: '', text: written.slice(from, at), at: from }
    const isWhole = slash !== '/' && WHOLE.has(name)
    from = isWhole ? endOf(written, name, at) : at + tag.length
    pattern.lastIndex = from
    yield { kind: isWhole ? 'whole' : slash === '/' ? 'end' : 'start', name, text: written.slice(at, from), at }
  }
  yield { kind: 'text', name: '', text: written.slice(from), at: from }
}
