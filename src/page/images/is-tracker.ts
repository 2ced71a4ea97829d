import { attribute, type Element } from '../tree/tree.js'
import { pixels } from './pixels.js'

/** Hosts and paths of trackers and advertisements. */
const TRACKERS = [
  /(^|[/.])(doubleclick|googlesyndication|googleadservices|google-analytics|googletagmanager|2mdn|scorecardresearch|quantserve|omtrdc|demdex|krxd|imrworldwide|moatads|amazon-adsystem|adnxs|rubiconproject|pubmatic|criteo|smartadserver|adform|adition|openx|casalemedia|serving-sys|adtech|advertising|zedo|tradedoubler|ivwbox|ioam|webtrekk|xiti|estat|hotjar|chartbeat|clicky|histats|statcounter|sitemeter|extreme-dm|cnzz|umeng|gemius|adocean|yadro|rambler|adriver|mgid|taboola|outbrain|revcontent|teads|sharethis|addthis|top\.mail|mc\.yandex|hit\.ua|bigmir|webtrends|2o7)\.(com|net|org|de|ru|pl|fr|cn|ua|ch|it)\b/i,
  /(^|[/.])(facebook\.com\/tr|bat\.bing\.com|analytics\.twitter\.com|pixel\.wp\.com|stats\.wp\.com|outbrain\.com\/pixel|(hit|counter|stats?|pixel|beacon|adserv(er|ice)?|ads?[0-9]*|pos|cpro|afp|banners?|widgets?)\.[a-z0-9-]+\.[a-z]{2,})/i
]

/** Whether an address is that of a tracker. */
export const isTrackerAddress = (address: string): boolean => TRACKERS.some(pattern => pattern.test(address))

const COUNTER_FILE =
  /(^|\/)(spacer|blank|clear|pixel|trans(parent|pix)?|clear_?pixel|pixel_?clear|1x1|dot_?clear|shim|beacon|tr|null)\.(gif|png|php)([?#]|$)/i

/** A site alone, without a path: what answers there as an image counts visits. */
const HOST_ALONE = /^(https?:)?\/\/[^/?#\s]+\/?$/i

/** Whether an image is a tracker, by its address and its size in the page. */
export function isTracker(image: Element): boolean {
  const source = attribute(image, 'src') ?? ''
  if (isTrackerAddress(source)) return true
  const width = pixels(image, 'width')
  const height = pixels(image, 'height')
  const declared =
    attribute(image, 'width') !== undefined || /(^|;|\s)(width|height)\s*:/.test(attribute(image, 'style') ?? '')
  if (declared && ((width === 1 && height <= 1) || (height === 1 && width <= 1))) return !hasLazySource(image)
  return (COUNTER_FILE.test(source) || HOST_ALONE.test(source)) && !hasLazySource(image)
}

const hasLazySource = (image: Element): boolean =>
  image.attrs.some(({ name }) => /^(data-.*(src|original|lazy)|srcset)/.test(name))
