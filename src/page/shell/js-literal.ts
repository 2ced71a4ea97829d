/** Values within values; what is nested deeper is not read. Levels. */
const MOST_DEPTH = 200

/** What stands in a program in the place of a value, from a place on. */
export interface Literal {
  readonly value: unknown
  /** The place behind it */
  readonly end: number
}

/** Where reading has stopped: no value that is written out stands there. */
class NoLiteral extends Error {
  constructor(readonly at: number) {
    super('no literal')
  }
}

const SPACE = /\s*/y
const WORD = /[A-Za-z_$][\w$]*/y
const NUMBER = /[+-]?(?:0x[\da-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)/iy
const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
  ['NaN', undefined],
  ['Infinity', undefined]
])
/** Calls whose value is what they are given. */
const WRAPPERS = ['JSON.parse(', 'decodeURIComponent(', 'new Date(', 'Object.freeze(', 'new Set(', 'new Map('] as const

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' }

/** The text that a string of a program stands for, without its quotes. */
const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(
        /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|[^]))/gi,
        (_, ...groups: Array<string | undefined>) => {
          const [point, four, two, one = ''] = groups
          const code = point ?? four ?? two
          if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff))
          return /[\r\n]/.test(one) ? '' : (SIMPLE[one] ?? one)
        }
      )
    : text

/** Undoes what the call around a value does to it. */
function unwrapped(wrapper: (typeof WRAPPERS)[number], value: unknown, at: number): unknown {
  if (typeof value !== 'string') return value
  try {
    if (wrapper === 'JSON.parse(') return JSON.parse(value) as unknown
    return wrapper === 'decodeURIComponent(' ? decodeURIComponent(value) : value
  } catch {
    throw new NoLiteral(at)
  }
}

/** Reads values that are written out in a program: objects, lists, texts, numbers. It is read, and never run. */
class LiteralReader {
  #depth = 0

  constructor(
    readonly source: string,
    public at: number,
    /** What names stand for */
    readonly names: ReadonlyMap<string, unknown>
  ) {}

  #matched(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.source)?.[0] ?? ''
    this.at += found.length
    return found
  }

  #fail(): never {
    throw new NoLiteral(this.at)
  }

  /** Goes over a mark, and over white space before it; says whether it was there. */
  #took(mark: string): boolean {
    this.#matched(SPACE)
    if (!this.source.startsWith(mark, this.at)) return false
    this.at += mark.length
    return true
  }

  #text(quote: string): string {
    const start = ++this.at
    for (; this.at < this.source.length; this.at++) {
      const character = this.source[this.at]
      if (character === '\\') this.at++
      else if (character === quote) return unescaped(this.source.slice(start, this.at++))
      else if (quote === '`' && character === '$' && this.source[this.at + 1] === '{') this.#fail()
    }
    return this.#fail()
  }

  #name(): string {
    this.#matched(SPACE)
    const first = this.source[this.at]
    if (first === '"' || first === "'") return this.#text(first)
    const name = this.#matched(WORD) || this.#matched(NUMBER)
    return name === '' ? this.#fail() : name
  }

  #fields(): unknown {
    // Without a prototype, __proto__ is a name like any other.
    const fields = Object.create(null) as Record<string, unknown>
    while (!this.#took('}')) {
      const name = this.#name()
      if (!this.#took(':')) this.#fail()
      fields[name] = this.value()
      if (!this.#took(',') && this.source[this.at] !== '}') this.#fail()
    }
    return fields
  }

  #items(end: string): unknown[] {
    const items: unknown[] = []
    while (!this.#took(end)) {
      // A hole in a list.
      if (this.#took(',')) continue
      items.push(this.value())
      if (!this.#took(',') && this.source[this.at] !== end) this.#fail()
    }
    return items
  }

  #named(): unknown {
    const name = this.#matched(WORD)
    if (name === 'void') {
      this.value()
      return undefined
    }
    if (CONSTANTS.has(name)) return CONSTANTS.get(name)
    return name !== '' && this.names.has(name) ? this.names.get(name) : this.#fail()
  }

  #plain(): unknown {
    const first = this.source[this.at] ?? ''
    if (first === '"' || first === "'" || first === '`') return this.#text(first)
    if (this.#took('{')) return this.#fields()
    if (this.#took('[')) return this.#items(']')
    if (this.#took('!')) return this.value() === 0
    const number = this.#matched(NUMBER)
    return number === '' ? this.#named() : Number(number)
  }

  value(): unknown {
    if (++this.#depth > MOST_DEPTH) this.#fail()
    this.#matched(SPACE)
    const wrapper = WRAPPERS.find(call => this.source.startsWith(call, this.at))
    let value: unknown
    if (wrapper === undefined) value = this.#plain()
    else {
      const before = this.at
      this.at += wrapper.length
      value = unwrapped(wrapper, this.#items(')')[0], before)
    }
    this.#depth--
    return value
  }

  /** A function that is called where it stands, and gives back a value that is written out, as Nuxt 2 has it. */
  called(): unknown {
    const names = this.#matched(/\(?function\s*\(([\w$,\s]*)\)\s*\{/y)
    const from = this.source.indexOf('return', this.at)
    if (names === '' || from < 0) this.#fail()
    const parameters = names.slice(names.lastIndexOf('(') + 1, names.lastIndexOf(')')).split(',')
    const open = new Map(parameters.map(name => [name.trim(), undefined]))
    const body = from + 'return'.length
    const { end } = new LiteralReader(this.source, body, open).literal()
    this.at = end
    this.#matched(/[;\s]*\}\)?\(/y)
    const given = this.#items(')')
    const known = new Map(parameters.map((name, at) => [name.trim(), given[at]]))
    return new LiteralReader(this.source, body, known).literal().value
  }

  literal(): Literal {
    const value = this.value()
    return { value, end: this.at }
  }
}

/**
 * The value that is written out at a place of a program. Without one, only where reading has stopped: what is tried
 * again from there on is read once.
 */
export function readLiteral(source: string, at: number): Literal | { readonly end: number } {
  const reader = new LiteralReader(source, at, new Map())
  try {
    if (/^\(?function/.test(source.slice(at, at + 9))) return { value: reader.called(), end: reader.at }
    return reader.literal()
  } catch (error) {
    if (error instanceof NoLiteral) return { end: Math.max(error.at, at + 1) }
    throw error
  }
}
