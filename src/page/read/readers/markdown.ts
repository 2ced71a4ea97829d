import { Marked, type Tokens } from 'marked'
import type { Source } from '../source.js'
import { escaped } from './markup.js'
import { readPlainText } from './plain-text.js'

/** A longer document is shown as text. Characters. */
const MOST_CHARACTERS = 256 * 1024
/**
 * A document with a longer block is shown as text as well: marked's time grows with the square of a block (250,000
 * characters of *a took 50 seconds). Characters.
 */
const MOST_BLOCK = 16 * 1024

/** Lines between --- at the start are for the programs that publish the text. */
const FRONT_MATTER = /^---\r?\n[^]{0,4000}?\r?\n---\r?\n/

/** The name of a heading, to which the tables of contents of README files lead. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

function createMarked(): Marked {
  const marked = new Marked({ gfm: true, async: false })
  marked.use({
    renderer: {
      heading(token: Tokens.Heading) {
        const html = this.parser.parseInline(token.tokens)
        return `<h${token.depth} id="${escaped(slug(html.replace(/<[^<>]*>|&\w+;/g, '')))}">${html}</h${token.depth}>\n`
      },
      checkbox: ({ checked }: Tokens.Checkbox) => (checked ? '[x] ' : '[ ] ')
    }
  })
  return marked
}

/** Turns Markdown into HTML. HTML within it stays, and goes through the steps with the rest. */
export function readMarkdown(source: Source): string {
  const text = source.text.replace(FRONT_MATTER, '')
  if (text.length > MOST_CHARACTERS || text.split(/\n[ \t\r]*\n/).some(({ length }) => length > MOST_BLOCK))
    return readPlainText(source)
  const html = createMarked().parse(text, { async: false })
  return /<h[1-6][\s>]/.test(html) ? html : `<title>${escaped(source.name)}</title>${html}`
}
