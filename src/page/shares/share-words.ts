/** What rules/share-links.yaml says. */
export interface ShareRules {
  readonly addresses: Readonly<Record<string, readonly string[]>>
  readonly schemes: readonly string[]
  readonly phrases: Readonly<Record<string, readonly string[]>>
  readonly labels: Readonly<Record<string, readonly string[]>>
}

/** Knows links that share a page, and the words of the bars that they stand in. */
export interface ShareWords {
  /** Whether an address shares a page. */
  isAddress(href: string): boolean
  /** Whether a text is a label of a bar, or the sentence above one. */
  isLabel(text: string): boolean
  /** Whether a text says by itself that it shares something. */
  isPhrase(text: string): boolean
}

/** A longer text is no label. Characters. */
const MOST_LABEL = 100

const ADDRESS = /^\s*(?:https?:)?\/\/(?:www\.)?([^/?#\s:]{1,255})(?::\d{1,5})?([^#\s]{0,200})/i
/** A page's own address for its own sharing: ?share=facebook, ?share=jetpack-whatsapp. */
const OWN_SHARE = /[?&]share=(?:[a-z]{1,20}-)?([a-z]{1,20})(?=[&#]|$)/i
/** How often something was shared. */
const COUNT = /^[\d.,]{1,9}\s?[km]?$/i
/** Marks around and between labels. */
const MARKS = new Set(' |·•:,;/»›>-–—.…()[]')

/** A text without the marks around it. */
function bared(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && MARKS.has(text.charAt(from))) from++
  while (to > from && MARKS.has(text.charAt(to - 1))) to--
  return text.slice(from, to)
}

const fold = (text: string): string =>
  text
    .slice(0, 2 * MOST_LABEL)
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()

/** Whether what follows a prefix of an address says that the prefix was all of a name. */
const endsName = (prefix: string, next: string): boolean => /[?=/]$/.test(prefix) || /^$|[/?.&]/.test(next)

export function createShareWords({ addresses, schemes, phrases, labels }: ShareRules): ShareWords {
  const begins = Object.values(phrases).flat()
  const whole = new Set(Object.values(labels).flat())
  const longest = Math.max(0, ...schemes.map(({ length }) => length))
  const prefixesOf = (host: string): readonly string[] => {
    for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1))
      if (Object.hasOwn(addresses, name)) return addresses[name] ?? []
    return []
  }
  const isOfHost = (host: string, path: string): boolean =>
    prefixesOf(host.toLowerCase()).some(
      prefix => path.startsWith(prefix) && endsName(prefix, path.slice(prefix.length, prefix.length + 1))
    )
  const isPhrase = (text: string): boolean => {
    const folded = fold(text)
    return folded.length <= MOST_LABEL && begins.some(phrase => folded.startsWith(phrase))
  }
  const isOwn = (href: string): boolean => whole.has(OWN_SHARE.exec(href)?.[1]?.toLowerCase() ?? '')
  const isScheme = (href: string): boolean => {
    const begin = href.trimStart().slice(0, longest).toLowerCase()
    return schemes.some(scheme => begin.startsWith(scheme))
  }
  return {
    isAddress(href) {
      const [, host, path = ''] = ADDRESS.exec(href) ?? []
      return isOwn(href) || (host === undefined ? isScheme(href) : isOfHost(host, path))
    },
    isPhrase,
    isLabel(text) {
      const bare = bared(fold(text))
      return bare === '' || COUNT.test(bare) || whole.has(bare) || isPhrase(text)
    }
  }
}
