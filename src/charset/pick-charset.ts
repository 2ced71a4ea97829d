import { charsetNamed } from './charsets.js'

/** Further names in one header are ignored; Links sends 50. */
const MOST_NAMES = 100

interface Accepted {
  readonly name: string
  readonly q: number
}

function acceptedIn(header: string): Accepted[] {
  return header
    .split(',', MOST_NAMES)
    .map(part => {
      const [name = '', ...parameters] = part.split(';')
      const q = parameters
        .map(parameter => /^\s*q\s*=\s*([\d.]+)\s*$/i.exec(parameter)?.[1])
        .find(value => value !== undefined)
      return { name: name.trim().toLowerCase(), q: Math.min(1, Number(q ?? 1) || 0) }
    })
    .filter(({ name }) => name !== '')
}

/**
 * Chooses a charset for a client whose Accept-Charset excludes the one of its profile; else that one is taken. By RFC
 * 2616 14.2 ISO-8859-1 is accepted even if it is not named; but a browser that names only others is set to them.
 */
export function pickCharset(header: string | undefined, usual: string): string {
  if (header === undefined) return usual
  const accepted = acceptedIn(header)
  const usualCharset = charsetNamed(usual)
  const own =
    accepted.find(({ name }) => charsetNamed(name) === usualCharset && usualCharset !== undefined) ??
    accepted.find(({ name }) => name === '*')
  if (own !== undefined && own.q > 0) return usual
  let best: { name: string; rank: number } | undefined
  for (const { name, q } of accepted) {
    const charset = charsetNamed(name)
    // Among equals, a charset with more than ASCII is better.
    const rank = charset?.name === 'US-ASCII' ? q / 2 : q
    if (charset !== undefined && rank > (best?.rank ?? 0)) best = { name: charset.name.toLowerCase(), rank }
  }
  return best?.name ?? usual
}
