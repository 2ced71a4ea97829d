import type { IncomingHttpHeaders } from 'node:http'
import { createFew, createRemembered } from '../async/remembered.js'
import { charsetNamed } from '../charset/charsets.js'
import { pickCharset } from '../charset/pick-charset.js'
import type { Display, Profile } from './profile.js'
import type { ClientRules } from './rules.js'

/** Who is asking, and what they can take. */
export interface Client {
  readonly profile: Profile
  readonly display: Display
  /** One sentence for the home page: why this profile. */
  readonly why: string
  /** It has a name that no rule knows */
  readonly isUnknown?: boolean
}

/** THE LIST of header fields by which a client is identified: nothing else of a request counts. */
const FIELDS = ['user-agent', 'ua-os', 'ua-pixels', 'ua-color', 'extension', 'accept', 'accept-charset'] as const

type Field = (typeof FIELDS)[number]
type Fields = { readonly [F in Field]?: IncomingHttpHeaders[F] }

/** What a request tells of who sent it. */
interface Asking {
  readonly headers: Fields
  /** By HTTP/0.9, which has no fields */
  readonly simple: boolean
}

interface Choice {
  readonly profile?: string
  readonly display?: string
  readonly charset?: string
  readonly speed?: 'fast'
}

/** Without a modem, images may have so many times the bytes: what screens of many colours have. */
const FAST = { image: 2, page: 5 }

const fieldOf = (headers: Fields, name: Field): string => String(headers[name] ?? '')

/** Sent by NCSA Mosaic and by Spyglass Mosaic, whatever name their user gave them. */
const MOSAIC_EXTENSION = /Notify-Domain-Restriction|Security\/Digest/i

function byAgent(headers: Fields, rules: ClientRules): Client {
  const agent = headers['user-agent'] ?? ''
  if (agent === '') return { ...rules.fallback, why: 'it did not say what it is' }
  // Internet Explorer may leave the machine out of its name, and tells it in fields of their own.
  const said = [agent, fieldOf(headers, 'ua-os'), fieldOf(headers, 'ua-pixels')].filter(part => part !== '').join('; ')
  const rule = rules.clients.find(rule => rule.match.test(said))
  if (rule === undefined) return { ...rules.fallback, why: `"${agent}" is not known`, isUnknown: true }
  return { profile: rule.profile, display: hinted(agent, rule.display, rules), why: `"${agent}" is ${rule.name}` }
}

/** The screen of the machine that a User-Agent names, where it is narrower than that of the browser's line. */
function hinted(agent: string, display: Display, rules: ClientRules): Display {
  const found = rules.hints.find(({ match, display: { width } }) => width < display.width && match.test(agent))
  return found?.display ?? display
}

function byHeaders({ headers, simple }: Asking, rules: ClientRules): Client {
  const { fallback, profiles } = rules
  if (simple)
    return {
      profile: profiles.get('cern') ?? fallback.profile,
      display: fallback.display,
      why: 'it asked with HTTP/0.9'
    }
  const named = byAgent(headers, rules)
  const extension = fieldOf(headers, 'extension')
  if (!MOSAIC_EXTENSION.test(extension) || named.profile.id === 'mosaic') return named
  return {
    profile: profiles.get('mosaic') ?? fallback.profile,
    display: fallback.display,
    why: `it sent "Extension: ${extension}" as Mosaic does`
  }
}

/** What a scroll bar and margins take of the screen that is announced: 20 pixels, less on very small ones. */
const usable = (width: number): number => Math.max(100, width - Math.min(20, Math.floor(width / 15)))

/**
 * Palette by UA-color: bits per pixel, "mono" is one. Two bits on a large screen are four greys of a sixteen-grey
 * palette.
 */
function coloursBy(colour: string, width: number): string | undefined {
  if (/^mono1?$/.test(colour)) return width <= 512 ? 'mono512' : 'mono640'
  if (colour === 'mono2') return 'grey4'
  if (colour === 'mono4') return 'grey16'
  return colour === 'color4' ? 'col16' : undefined
}

/**
 * UA-pixels and UA-color are sent by Internet Explorer 3, every Mac Internet Explorer and every Pocket Internet
 * Explorer; Blazer, Xiino and others have their pixels in the User-Agent.
 */
function displayBy(headers: Fields, client: Client, rules: ClientRules): Display {
  const pixels =
    /^(\d{2,4})x(\d{2,4})$/.exec(fieldOf(headers, 'ua-pixels')) ??
    /\b(\d{3,4})x(\d{3,4})\b/.exec(headers['user-agent'] ?? '')
  const id = coloursBy(fieldOf(headers, 'ua-color').toLowerCase(), Number(pixels?.[1] ?? 640))
  const display = (id === undefined ? undefined : rules.displays.get(id)) ?? client.display
  return pixels === null
    ? display
    : { ...display, width: usable(Number(pixels[1])), height: Math.max(display.height, Number(pixels[2])) }
}

/** A screen whose pages come by a line that is no modem: they are as long as the browser takes them. */
function withoutModem({ pageBytes: _, imageBytes = Infinity, pageImageBytes = Infinity, ...screen }: Display): Display {
  return {
    ...screen,
    ...(imageBytes === Infinity ? {} : { imageBytes: imageBytes * FAST.image }),
    ...(pageImageBytes === Infinity ? {} : { pageImageBytes: pageImageBytes * FAST.page })
  }
}

/** What Accept says of images is a better oracle than the User-Agent. */
function formatsBy(headers: Fields, profile: Profile): Profile {
  const accept = headers.accept ?? ''
  const { images } = profile
  let { formats } = images
  if (images.accept && /image\/(x-)?png/i.test(accept) && !formats.includes('png')) formats = [...formats, 'png']
  const saysImages = /image\//i.test(accept)
  if (saysImages && !/image\/(p?jpeg|\*)/i.test(accept)) formats = formats.filter(format => format !== 'jpeg')
  const progressive = images.progressive || (images.accept && /image\/pjpeg/i.test(accept))
  if (formats === images.formats && progressive === images.progressive) return profile
  return { ...profile, images: { ...images, formats, progressive } }
}

/** Whether a browser keeps cookies is a matter of the browser, whatever pages are chosen for it. */
const withCookiesOf = ({ profile: { cookies } }: Client, chosen: Profile): Profile =>
  chosen.cookies === cookies ? chosen : { ...chosen, cookies }

/** The charset that was chosen, else one that Accept-Charset takes, else that of the profile. */
function textBy(headers: Fields, profile: Profile, chosen: string | undefined): Profile {
  const { text } = profile
  const charset =
    chosen !== undefined && charsetNamed(chosen) !== undefined
      ? chosen
      : pickCharset(headers['accept-charset'] as string | undefined, text.charset)
  if (charset === text.charset) return profile
  // References are by Latin-1 numbers, and take the place of its bytes alone.
  return { ...profile, text: { ...text, charset, references: text.references && charset === 'iso-8859-1' } }
}

/**
 * The client behind a request: by what a person chose, else by what it sent, else the default; then refined by the
 * headers that say more.
 */
export function identify(asking: Asking, rules: ClientRules, chosen: Choice): Client {
  const { headers } = asking
  const detected = byHeaders(asking, rules)
  const profile = chosen.profile === undefined ? undefined : rules.profiles.get(chosen.profile)
  const display = chosen.display === undefined ? undefined : rules.displays.get(chosen.display)
  const client =
    profile === undefined
      ? detected
      : { profile: withCookiesOf(detected, profile), display: detected.display, why: 'it was chosen in the settings' }
  const screen = display ?? displayBy(headers, client, rules)
  return {
    profile: textBy(headers, formatsBy(headers, client.profile), chosen.charset),
    display: chosen.speed === 'fast' ? withoutModem(screen) : screen,
    why: client.why,
    ...(client.isUnknown === true ? { isUnknown: true } : {})
  }
}

/** Identifies clients by the rules of the moment. */
export type Identify = (asking: Asking, chosen: Choice) => Client

/** Kinds of browsers, with what they send, that are known at the same time. */
const MOST_KINDS = 256
/** A User-Agent of 300 characters with the types that it takes; longer ones are identified each time. Characters. */
const LONGEST_KIND = 1024

/** All that identify() reads: fields hold no line ends. */
function kindOf({ headers, simple }: Asking, { profile = '', display = '', charset = '', speed }: Choice): string {
  let kind = `${simple}\n${profile}\n${display}\n${charset}\n${speed ?? ''}`
  for (const name of FIELDS) kind += `\n${String(headers[name] ?? '')}`
  return kind
}

/** Of those, the ones that were asked for last and are found without writing down all that they send. */
const MOST_AT_HAND = 8

/** All that a kind is told by. */
type Kind = readonly [asking: Asking, chosen: Choice]

const areOneKind = ([asking, chosen]: Kind, [other, wanted]: Kind): boolean =>
  asking.simple === other.simple &&
  chosen.profile === wanted.profile &&
  chosen.display === wanted.display &&
  chosen.charset === wanted.charset &&
  chosen.speed === wanted.speed &&
  FIELDS.every(name => asking.headers[name] === other.headers[name])

/** Nothing else of a request is kept. */
const fieldsOf = ({ headers, simple }: Asking): Asking => ({
  headers: Object.fromEntries(FIELDS.map(name => [name, headers[name]])),
  simple
})

/** Identifies the clients that come again, which send the same with each request, only once. */
export function createIdentify(rules: ClientRules): Identify {
  const known = createRemembered<Client>({ most: MOST_KINDS, longest: LONGEST_KIND })
  const atHand = createFew<Kind, Client>(MOST_AT_HAND, areOneKind)
  return (asking, chosen) => {
    const before = atHand.find([asking, chosen])
    if (before !== undefined) return before
    const kind = kindOf(asking, chosen)
    const client = known(kind, () => identify(asking, rules, chosen))
    return kind.length > LONGEST_KIND ? client : atHand.keep([fieldsOf(asking), chosen], client)
  }
}
