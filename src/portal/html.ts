/** Markup that may be written without escaping. */
export class Html {
  readonly text: string
  #bytes: Buffer | undefined
  constructor(text: string) {
    this.text = text
  }

  /** In UTF-8 */
  get bytes(): Buffer {
    return (this.#bytes ??= Buffer.from(this.text))
  }
}

const escape = (text: string): string => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

function written(value: unknown): string {
  if (value instanceof Html) return value.text
  return Array.isArray(value) ? value.map(written).join('') : escape(String(value))
}

/** A template whose values are escaped unless they are Html themselves; lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return new Html(strings.map((part, at) => (at === 0 ? part : written(values[at - 1]) + part)).join(''))
}

/** The frame of our own pages. */
export function frame(title: string, body: Html): Html {
  return html`<title>${title}</title><body>${body}</body>`
}
