import { isTrackerAddress } from '../images/is-tracker.js'
import { pixels } from '../images/pixels.js'
import { attribute, classAndId, type Element } from '../tree/tree.js'

/**
 * A frame without a title and with a longer address is an advertisement, which tells its host all about the page.
 * Characters.
 */
const LONG_ADDRESS = 400

/** Sizes of advertisements that nothing else has (IAB, "Universal Ad Package" and its forerunners). Pixels. */
const ADVERTISEMENTS = new Set('468x60 234x60 728x90 970x90 970x250 320x50 320x100 120x600 160x600 300x600'.split(' '))
/** What a frame is called that holds an advertisement, or asks for money above somebody else's page. */
const ADVERTISED = /(^|[-_\s])(ads?|adframe|adslot|advert(s|isement|ising)?|banner|donato|sponsors?|promo)([-_\s\d]|$)/i
/** What asks for consent, or for a proof that no robot is there: scripts do both. */
const ASKING =
  /(^|[-_\s/.])(consent|cmp|gdpr|cookie-?banner|captcha|recaptcha|hcaptcha|turnstile|privacy-?manager)([-_\s/.?]|$)/i

const sizeOf = (frame: Element): string => `${attribute(frame, 'width') ?? ''}x${attribute(frame, 'height') ?? ''}`

/** Whether a frame has nothing that a person came for: it counts, advertises, or asks what only scripts can answer. */
export function isIdleFrame(frame: Element): boolean {
  const source = attribute(frame, 'src') ?? ''
  const title = (attribute(frame, 'title') ?? '').trim()
  const names = `${classAndId(frame)} ${attribute(frame, 'name') ?? ''}`
  if (isTrackerAddress(source) || ASKING.test(`${title} ${names} ${source.replace(/[?#].*/s, '')}`)) return true
  if (pixels(frame, 'width') <= 1 && /^[01]$/.test(attribute(frame, 'width') ?? '')) return true
  if (/^advert(isement)?s?$/i.test(title)) return true
  if (title !== '') return false
  return source.length > LONG_ADDRESS || ADVERTISEMENTS.has(sizeOf(frame)) || ADVERTISED.test(names)
}
