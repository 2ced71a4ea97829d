import type { Step } from '../step.js'
import { attribute, createText, elements, setAttribute, textStart, type Element } from '../tree/tree.js'

/** Cloudflare writes addresses as hexadecimal bytes, of which the first is the key that all others are XORed with. */
const CODE = /^[0-9a-f]{4,400}$/i
const PATH = '/cdn-cgi/l/email-protection#'
const LINK = /\/cdn-cgi\/l\/email-protection#([0-9a-f]{4,400})$/i
/** What it writes in their place. Characters. */
const STAND_IN = /^\s*\[email[\s\u00a0]?protected\]\s*$/i
const STAND_IN_CHARACTERS = 40

/** The address; undefined for what is none. */
function decoded(code: string): string | undefined {
  if (!CODE.test(code) || code.length % 2 !== 0) return undefined
  const [key = 0, ...bytes] = Buffer.from(code, 'hex')
  const address = Buffer.from(bytes.map(byte => byte ^ key)).toString()
  return /^[^\s<>"@]+@[^\s<>"@]+$/.test(address) ? address : undefined
}

function codeIn(element: Element): string {
  const href = attribute(element, 'href') ?? ''
  return (href.includes(PATH) ? LINK.exec(href)?.[1] : attribute(element, 'data-cfemail')) ?? ''
}

function sayAddress(element: Element, address: string): void {
  if (!STAND_IN.test(textStart(element, STAND_IN_CHARACTERS))) return
  const text = createText(address)
  text.parentNode = element
  element.childNodes = [text]
}

/** Writes addresses of mail again that the site has coded, for a script to decode. */
export const decodeMail: Step = {
  name: 'decode-mail',
  run({ body }) {
    for (const element of elements(body, 'a', 'span')) {
      const code = codeIn(element)
      const address = code === '' ? undefined : decoded(code)
      if (address === undefined) continue
      if (element.tagName === 'a') setAttribute(element, 'href', `mailto:${address}`)
      sayAddress(element, address)
    }
  }
}
