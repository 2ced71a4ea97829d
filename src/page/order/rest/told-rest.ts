import { cutAtWord } from '../../../bytes/cut-at-word.js'
import { classAndId, closest, HEADINGS, isElement, isText, type Element } from '../../tree/tree.js'
import type { Atom } from './page-atoms.js'

/** So many headings of the rest are named, each in so many characters. */
const MOST_NAMES = 3
const NAME = 30
/** The name of a rest without headings that is so much links. Share of its letters. */
const MENUS = 'menus'
const MOSTLY = 0.6
/** Names of what a site opens over its pages, or has on each. */
const OPENED =
  /(^|[-_\s])(dialog|modal|popup|popover|drawer|tooltip|cookies?|consent|gdpr|onetrust|cart|minicart|basket|search|toc)([-_\s]|$)/i
/** Such names stand so near around a heading. Elements. */
const NEAR = 8
/** Headings that say what something is for and not what it holds, and prices. */
const SAYS_NOTHING =
  /^(search|menu|((main|primary|site|post|page|footer) )?navigation|primary tabs|footer( (start|menu|links))?$|(your |shopping )?(cart|bag|basket)|select (a |an |your )?(\w+ )?(language|site|region|country|currency|location)|we (and|&) our (\d+ )?partners|breadcrumbs?|contents|table of contents|in this article|on this page|filters?|share|close|loading|error|warning|thank you|cookies?)\b|\p{Sc}\s?\d|\d\s?\p{Sc}/iu

/** What a heading says in one line: its lines and parts do not run together. */
function lineOf(heading: Element): string {
  let line = ''
  const add = ({ childNodes }: Element): void => {
    for (const node of childNodes) {
      if (isText(node)) line += /\p{Ll}$/u.test(line) && /^\p{Lu}/u.test(node.value) ? ` ${node.value}` : node.value
      else if (isElement(node)) {
        if (node.tagName === 'br') line += ' '
        add(node)
      }
    }
  }
  add(heading)
  const words = line.replace(/\s+/g, ' ').trim()
  // For two screens, a heading may say the same twice.
  const half = words.slice(0, words.length >> 1)
  return `${half} ${half}` === words ? half : words
}

function isOpened(heading: Element): boolean {
  let at: Element['parentNode'] = heading
  for (let step = 0; step < NEAR && at !== null && isElement(at); step++, at = at.parentNode)
    if (OPENED.test(classAndId(at))) return true
  return false
}

/** Whether the rest is little besides links. */
function isMenus(rest: readonly Atom[]): boolean {
  let letters = 0
  let linked = 0
  for (const { node } of rest) {
    if (!isText(node)) continue
    const { length } = node.value.trim()
    letters += length
    if (closest(node, 'a') !== undefined) linked += length
  }
  return linked > MOSTLY * letters
}

/**
 * What the first headings say that name what stands in the rest; where none does, that it is menus, or nothing. Headings in
 * links are names of others.
 */
export function toldOf(rest: readonly Atom[]): string {
  const names = new Set<string>()
  const seen = new Set<Element>()
  for (const { node } of rest) {
    if (names.size >= MOST_NAMES) break
    const heading = isText(node) && closest(node, 'a') === undefined ? closest(node, ...HEADINGS) : undefined
    if (heading === undefined || seen.has(heading)) continue
    seen.add(heading)
    const line = lineOf(heading)
    if (line !== '' && !SAYS_NOTHING.test(line) && !isOpened(heading))
      names.add(cutAtWord(line, NAME).replace(/:$/, ''))
  }
  if (names.size === 0) return isMenus(rest) ? MENUS : ''
  return [...names].join(' / ')
}
