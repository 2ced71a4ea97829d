import { attribute, classAndId, type Element } from '../tree/tree.js'

/** A longer text is no message. Characters. */
export const MOST_MESSAGE = 220

/** Both are hidden until a script has sent the form: Webflow's names, which no server shows. */
const WEBFLOW = 'w-form-'
const AFTER_SENDING = /(^|\s)w-form-(done|fail)(\s|$)/
/** What utility classes of the usual frameworks hide, at every width of a window. */
const HIDDEN =
  /(^|\s)(hide|hidden|d-none|display-none|(is|u|js)-(hidden|hide)|[\w-]*[\w]-display-none|[\w-]*--is-hidden)(\s|$)/
const SOMETIMES = /(^|\s)([\w-]*(sm|md|lg|xl|small|medium|large|mobile|desktop|tablet)[:_-]|no-?js)/i
const BAD_NAMES =
  /(^|[-_\s])(errors?|invalid|failed|failure|incorrect|validation[-_]{1,2}(message|msg|text|error))([-_\s]|$)/i
const GOOD_NAMES =
  /(^|[-_\s])(success|thanks|thank-?you|valid-feedback|sent-confirmation|submission-(text|status))([-_\s]|$)/i
const OTHER_NAMES =
  /(^|[-_\s])(copied|copy-notice|no-?results?|toast|snackbar|notification|notice|message|alert|response)([-_\s]|$)/i
const ANNOUNCED = /^(alert|status|alertdialog)$/i

const BAD_WORDS =
  /^(oops\b|(sorry, )?(something went wrong|an? (unexpected )?error (has )?occurred|there (was|has been) (an error|a problem))|please (enter|provide|select|choose) an? (valid|correct)\b|(please fill (out|in) )?(this|the|a required) field( is (required|mandatory|not valid))?\W*$|please fill (out |in )?all (the )?required|((the )?(value|quantity|amount|number) )?(must|should|has to) be (an? )?(valid )?(number|integer|e-?mail|date|at least \d|greater than|less than)\b|invalid (e-?mail|phone|address|date|value|number|zip)\b|(bitte )?(gib|geben sie) eine gültige|(dieses feld|ce champ|este campo|questo campo) (ist|est|es|è) |veuillez (saisir|entrer|renseigner) une? .{0,20}valide|por favor,? (introduce|introduzca|ingrese|ingresa) un)/i
const GOOD_WORDS =
  /^(thank(s| you)\W*$|(thank(s| you)|great|awesome|success)[!.,]? ?.{0,20}(your|submission|submitting|subscribing|signing up|signed up|received|check your (inbox|e-?mail))|your (submission|message|request|e-?mail) (has been|was|is being) |success(fully)?( sent| submitted|!)|you('re| are|'ve been| have been) (now |successfully |already )?(subscribed|signed up)|(vielen dank|merci|gracias|grazie)\W*$)/i
const COPIED =
  /^((the )?(link|url|address|code|text)( has been| was)? )?copied( to (your |the )?clipboard)?[.!]?$|^could not copy to clipboard[.!]?$/i

/** Colours and signs of frameworks: "btn-success" is a green button, "text-success" any green text. */
const COLOURS = /(^|\s)(btn|text|bg|badge|label|border|icon|fa|color|button|checkbox|radio)-\S*/g

/** Class and ID as words, without those that say a colour alone: errorMessage is two. */
export const namesOf = (element: Element): string =>
  classAndId(element)
    .replace(COLOURS, ' ')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')

/** What a message says: that something went well or not, or that it is one and no more. */
export type Message = 'good' | 'bad' | 'other'

/** What kind of message an element is by its name and its words; undefined if neither says that it is one. */
export function messageBy(names: string, text: string): Message | undefined {
  if (BAD_NAMES.test(names) || BAD_WORDS.test(text)) return 'bad'
  if (GOOD_NAMES.test(names) || GOOD_WORDS.test(text)) return 'good'
  return OTHER_NAMES.test(names) ? 'other' : undefined
}

/** Whether a class says that an element is hidden, whatever the window: its style sheet may not have come in time. */
export function isHiddenByName(element: Element): boolean {
  const name = attribute(element, 'class') ?? ''
  return name.includes('hid') || name.includes('none') ? HIDDEN.test(name) && !SOMETIMES.test(name) : false
}

export const isCopied = (text: string): boolean => COPIED.test(text)

export function isAfterSending(element: Element): boolean {
  const name = attribute(element, 'class')
  return name !== undefined && name.includes(WEBFLOW) && AFTER_SENDING.test(name)
}

/** A message that a script lets come up at the edge of the window for some seconds, and that is not there now. */
const TOAST = /(^|\s)(toast|snackbar)(\s|$)/i
const SHOWN = /(^|\s)([\w-]*[_-])?(show|shown|showing|visible|open|active)(\s|$)/i

export function isClosedToast(element: Element): boolean {
  const name = attribute(element, 'class') ?? ''
  return (
    (name.includes('oast') || name.includes('nackbar')) &&
    TOAST.test(name) &&
    !SHOWN.test(name) &&
    !SOMETIMES.test(name)
  )
}

/** Whether an element is announced to who does not see it. */
export const isAnnounced = (element: Element): boolean =>
  ANNOUNCED.test(attribute(element, 'role') ?? '') || (attribute(element, 'aria-live') ?? 'off') !== 'off'
