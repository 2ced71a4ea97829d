import type { IncomingHttpHeaders } from 'node:http'
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
}

interface Choice { readonly profile?: string, readonly display?: string, readonly charset?: string }

function byHeaders (headers: IncomingHttpHeaders, simple: boolean, rules: ClientRules): Client {
  const profile = (id: string): Profile => rules.profiles.get(id) ?? rules.fallback.profile
  if (simple) return { profile: profile('cern'), display: rules.fallback.display, why: 'it asked with HTTP/0.9' }
  const extension = headers.extension
  if (typeof extension === 'string' && /Notify-Domain-Restriction|Security\/Digest/i.test(extension)) {
    return { profile: profile('mosaic'), display: rules.fallback.display, why: `it sent "Extension: ${extension}" as Mosaic does` }
  }
  const agent = headers['user-agent'] ?? ''
  if (agent === '') return { ...rules.fallback, why: 'it did not say what it is' }
  const rule = rules.clients.find(rule => rule.match.test(agent))
  if (rule === undefined) return { ...rules.fallback, why: `"${agent}" is not known` }
  return { profile: rule.profile, display: rule.display, why: `"${agent}" is ${rule.name}` }
}

/** UA-pixels and UA-color are sent by Internet Explorer 3, every Mac Internet Explorer and every Pocket Internet Explorer. */
function displayBy (headers: IncomingHttpHeaders, client: Client, rules: ClientRules): Display {
  const pixels = /^(\d{2,4})x(\d{2,4})$/.exec(String(headers['ua-pixels'] ?? ''))
  const colour = String(headers['ua-color'] ?? '')
  const byColour = /^mono[12]?$/.test(colour) ? (Number(pixels?.[1] ?? 640) < 320 ? 'grey4' : 'mono640') : /^mono4$/.test(colour) ? 'grey16' : /^color4$/.test(colour) ? 'col16' : undefined
  const display = (byColour === undefined ? undefined : rules.displays.get(byColour)) ?? client.display
  if (pixels === null) return display
  // A scroll bar and margins take about 20 pixels of the screen that is announced.
  return { ...display, width: Math.max(100, Number(pixels[1]) - 20), height: Math.max(display.height, Number(pixels[2])) }
}

/** What Accept says of images is a better oracle than the User-Agent. */
function formatsBy (headers: IncomingHttpHeaders, profile: Profile, display: Display): Profile {
  const accept = headers.accept ?? ''
  const images = profile.images
  let formats = images.formats
  if (/image\/(x-)?png/i.test(accept) && !formats.includes('png')) formats = [...formats, 'png']
  const saysImages = /image\//i.test(accept)
  if (!display.jpeg || (saysImages && !/image\/(p?jpeg|\*)/i.test(accept))) formats = formats.filter(format => format !== 'jpeg')
  const progressive = images.progressive || /image\/pjpeg/i.test(accept)
  if (formats === images.formats && progressive === images.progressive) return profile
  return { ...profile, images: { ...images, formats, progressive } }
}

/** The charset that was chosen, else one that Accept-Charset takes, else that of the profile. */
function textBy (headers: IncomingHttpHeaders, profile: Profile, chosen: string | undefined): Profile {
  const { text } = profile
  const charset = chosen !== undefined && charsetNamed(chosen) !== undefined ? chosen : pickCharset(headers['accept-charset'] as string | undefined, text.charset)
  if (charset === text.charset) return profile
  // References are by Latin-1 numbers, and take the place of its bytes alone.
  return { ...profile, text: { ...text, charset, references: text.references && charset === 'iso-8859-1' } }
}

/**
 * The client behind a request: by what a person chose, else by what it sent, else the default; then refined by the
 * headers that say more.
 */
export function identify (headers: IncomingHttpHeaders, simple: boolean, rules: ClientRules, chosen: Choice): Client {
  const seen = byHeaders(headers, simple, rules)
  const profile = chosen.profile === undefined ? undefined : rules.profiles.get(chosen.profile)
  const display = chosen.display === undefined ? undefined : rules.displays.get(chosen.display)
  const client = profile === undefined ? seen : { profile, display: seen.display, why: 'it was chosen in the settings' }
  const screen = display ?? displayBy(headers, client, rules)
  return { profile: textBy(headers, formatsBy(headers, client.profile, screen), chosen.charset), display: screen, why: client.why }
}
