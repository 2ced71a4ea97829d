import type { Step } from '../step.js'
import { attribute, elements, remove, removeAttribute, replace, setAttribute, type Element } from '../tree/tree.js'

/** How a server names the late parts of a page, which it sends hidden and out of order, and what waits for each. */
interface Protocol {
  /** The ID of a late part: a prefix, and its number */
  readonly late: RegExp
  readonly placeholders: (prefix: string, number: string) => readonly string[]
  /** So many of them can mean nothing else: a part that nothing waits for is shown where it stands. Parts */
  readonly sure: number
}

/**
 * React 18 and 19: `$RC("B:1","S:1")`, `$RS("S:1","P:1")`. Marko: `$af("1")`, whose later releases mark the place by
 * comments.
 */
const PROTOCOLS: readonly Protocol[] = [
  {
    late: /^(.{0,40})S:([0-9a-f]{1,8})$/,
    placeholders: (prefix, number) => [`${prefix}B:${number}`, `${prefix}P:${number}`],
    sure: 1
  },
  {
    late: /^(af[a-z]{0,20})(\d{1,6})$/,
    placeholders: (prefix, number) => [prefix.replace('af', 'afph') + number],
    sure: 3
  }
]

interface Late {
  readonly part: Element
  readonly placeholders: readonly string[]
  readonly sure: boolean
}

function latePartsOf({ late, placeholders, sure }: Protocol, suspects: readonly Element[]): Late[] {
  const found = suspects.flatMap(part => {
    const match = late.exec(attribute(part, 'id') ?? '')
    return match === null ? [] : [{ part, placeholders: placeholders(match[1] ?? '', match[2] ?? '') }]
  })
  return found.map(part => ({ ...part, sure: found.length >= sure }))
}

function reveal(part: Element): void {
  removeAttribute(part, 'hidden')
  if (/display\s*:\s*none/i.test(attribute(part, 'style') ?? '')) setAttribute(part, 'style', '')
}

const holds = (part: Element, other: Element): boolean => {
  for (let at = other.parentNode; at !== null; at = 'parentNode' in at ? at.parentNode : null)
    if (at === part) return true
  return false
}

/** Puts the parts of a page that were sent late, and hidden, where a script would have put them. */
export const placeFragments: Step = {
  name: 'place-fragments',
  run({ body, suspects }) {
    const late = PROTOCOLS.flatMap(protocol => latePartsOf(protocol, suspects))
    if (late.length === 0) return
    const wanted = new Set(late.flatMap(({ placeholders }) => placeholders))
    const waiting = new Map<string, Element>()
    for (const element of elements(body)) {
      const id = attribute(element, 'id')
      if (id !== undefined && wanted.has(id) && !waiting.has(id)) waiting.set(id, element)
    }
    for (const { part, placeholders, sure } of late) {
      const place = placeholders.map(id => waiting.get(id)).find(element => element !== undefined)
      if (place === undefined ? !sure : holds(part, place)) continue
      reveal(part)
      if (place === undefined) continue
      remove(part)
      replace(place, part)
    }
  }
}
