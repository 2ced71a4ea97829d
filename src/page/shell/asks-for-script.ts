import { inOneLine } from '../content/words.js'
import { attribute, contains, elements, textStart, type Element } from '../tree/tree.js'

/** A longer text says more than that. Characters. */
const MOST_CHARACTERS = 200
/** What a site says to all whose browser runs no scripts */
const ASKS =
  /^\W*(?:(?:please|sorry|you|we're|but|note|that|ensure|make|sure|will|need|have|must|to|enable|activate|allow|turn|on|your) )*java ?script\b|^\W*(?:this|our) (?:web ?)?(?:site|page|app)[a-z]* (?:requires|needs|relies on|works best with|uses) java ?script\b|^\W*your browser (?:does not|doesn't) (?:seem to )?support java ?script\b/i
/** What cannot be seen or done here without it: that is told. */
const PART =
  /\b(?:comments?|discussion|slide ?show|forms?|video|audio|player|maps?|gallery|calculator|quiz|poll|chart|images?|pictures?|checkout|order)\b/i

const leadsIn = (link: Element): boolean => !/^(?:https?:)?\/\//i.test(attribute(link, 'href') ?? '')

const SEEN = new Set(['img', 'input', 'select', 'textarea', 'iframe', 'object', 'embed'])

/**
 * Whether a NOSCRIPT says only that the whole site wants scripts, and not what is missing, or where there is a way
 * around: an old browser cannot do what it asks for.
 */
export function asksForScript(noscript: Element): boolean {
  const text = inOneLine(textStart(noscript, 2 * MOST_CHARACTERS))
  if (text.length > MOST_CHARACTERS || !ASKS.test(text) || PART.test(text)) return false
  return !contains(noscript, ({ tagName }) => SEEN.has(tagName)) && !elements(noscript, 'a').some(leadsIn)
}
