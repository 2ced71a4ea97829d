import { defaultTreeAdapter, parse as parseAlone, serialize } from 'parse5'
import t from 'tap'
import { BoundedParser } from '../../src/page/tree/bounded-parser.js'
import { TextParser } from '../../src/page/tree/text-parser.js'
import { jobFor, profileOf, random } from '../helpers/context.js'
import { HOSTILE, times } from '../helpers/hostile-pages.js'
import { partProblems } from '../helpers/part-problems.js'

// Markup put together at random, the same in every run.

t.test('tag soup of all kinds in parts: valid, short enough, and nothing is lost', t => {
  const tags =
    'a b i p p p br hr h1 h2 ul ol li li li dl dt dd table caption tr td th tr td tbody form input button option pre div span center font blockquote address details noscript label'.split(
      ' '
    )
  const attributes = [
    'href=x',
    'href="#n"',
    'href="#m"',
    'id=n',
    'id=m',
    'name=n',
    'src=y.gif',
    'alt="z"',
    'type=radio',
    'type=hidden',
    'value="é & ü"',
    'align=center',
    'rowspan=3',
    'start=4',
    'value=7',
    'width=300 height=200'
  ]
  const below = random(30)
  const pick = (list: readonly string[]): string => list[below(list.length)]!
  let parts = 0
  for (let page = 0; page < 120; page++) {
    const markup = times(300 + below(900), () => {
      const kind = below(9)
      if (kind < 3)
        return pick([
          'word ',
          ' two words',
          'é',
          'a sentence of some more words that goes on for a while, ',
          ' ',
          '漢',
          '&amp;',
          '“x”\n',
          '\n',
          '<select name=s><option>one<option>two</select>',
          '<textarea name=t>Dear\n</textarea>'
        ])
      if (kind === 3) return `</${pick(tags)}>`
      return `<${pick(tags)}${times(below(3), () => ` ${pick(attributes)}`)}>`
    })
    const profile = profileOf(pick(['nav3', 'mosaic', 'cern', 'html4', 'text', 'tiny', 'nav1', 'lite', 'pda']))
    const { problems, count } = partProblems(
      jobFor(
        Buffer.from(markup),
        { ...profile, budget: { pageBytes: 2500, addressLength: 100 } },
        { contentType: 'text/html; charset=utf-8' }
      )
    )
    parts += count
    if (problems.length > 0) t.same({ problems, markup }, { problems: [], markup }, `page ${page} for ${profile.id}`)
  }
  t.ok(parts > 300, `${parts} parts`)
  t.end()
})

t.test('text in one piece makes the same tree as parse5 alone', t => {
  const below = random(8)
  const pick = (list: readonly string[]): string => list[below(list.length)]!
  const names =
    'a b p div table tr td th caption select option svg math mi pre textarea title style script template frameset frame html head body br h1 ul li form button noscript plaintext listing xmp iframe foreignObject image input hr nobr font'.split(
      ' '
    )
  const texts = [
    'word ',
    ' two words ',
    '\n',
    '  ',
    '&amp;',
    '&',
    '\0',
    '\r\n',
    '\r',
    'x\0y',
    '\u00E9',
    '\u{1F600}',
    '\uD800',
    'a\nb c',
    '<',
    '>',
    '<!-- x -->',
    '<![CDATA[x]]>',
    '\n\n'
  ]
  const mixed = Array.from({ length: 3000 }, () =>
    times(1 + below(25), () =>
      pick([
        pick(texts),
        `<${pick(names)}>`,
        `<${pick(names)} title="${times(below(4), () => pick(texts))}" alt="x">`,
        `</${pick(names)}>`
      ])
    )
  )
  const written = (markup: string, parser: BoundedParser): string => {
    parser.tokenizer.write(markup, true)
    return serialize(parser.document)
  }
  const options = { treeAdapter: defaultTreeAdapter, scriptingEnabled: false }
  const same = (markup: string, theirs: string): void => {
    const ours = written(markup, new TextParser(options))
    if (ours !== theirs) t.equal(ours, theirs, JSON.stringify(markup.slice(0, 500)))
  }
  for (const markup of mixed) same(markup, serialize(parseAlone(markup, { scriptingEnabled: false })))
  // Some are deeper than a tree may be.
  for (const markup of Object.values(HOSTILE).filter(({ length }) => length < 100_000))
    same(markup, written(markup, new BoundedParser(options)))
  t.end()
})
