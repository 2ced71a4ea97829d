import { lettersOf } from '../content/words.js'
import {
  attribute,
  contains,
  elements,
  isBlank,
  isElement,
  textStart,
  type Element,
  type Parent
} from '../tree/tree.js'

/** Parts of a page; lines of a poem may well say the same, and short entries of a list. */
export const PARTS = new Set('div section article figure header li'.split(' '))
/** What may stand there once for each of two windows. */
const FOR_WINDOWS = new Set([...PARTS, ...'p ul ol h1 h2 h3 h4 h5 h6 aside nav footer picture'.split(' ')])
/** Classes of what scripts show one after the other, and of the copies that they make for a row without an end. */
const SLIDES = /slide|carousel|marquee|ticker|clone|duplicate|swiper|slick/i
/** Words of classes that show a part in one window and not in another: "hidden", "lg:hidden", "d-md-none", "hide-mobile". */
const SHOWN = /(^|[-_:])(hidden|hide|none|show|only|visible)([-_:]|$)/i
/** Names of windows, of which there is one here, and of their sizes: "CardMedium", "card-large". */
const WINDOWS = /mobile|desktop|tablet|phone|handheld|(small|medium|large)(?![a-z])/i
/** Shorter texts may well stand twice, and longer ones are compared no further. Letters, characters. */
const LEAST_LETTERS = 20
const LEAST_FOR_WINDOWS = 8
const MOST_CHARACTERS = 4000
/** In parts that are no slides, with one class, a text that is so long stands twice for no reason. Letters. */
const LEAST_UNNAMED = 60
/** So much tells most parts apart. Characters. */
const FIRST_CHARACTERS = 80
/** What is there to be used and not read; fields alone are more than what another window shows. */
export const USED = new Set('form input select textarea button iframe video audio object embed'.split(' '))
const FIELDS = new Set('form input select textarea'.split(' '))

const classOf = (element: Element): string => attribute(element, 'class') ?? ''
const isSlide = (element: Element): boolean => SLIDES.test(classOf(element))

/** The words of a class that pass a test. */
const wordsOf = (given: string, test: RegExp): string =>
  given
    .split(/\s+/)
    .filter(word => test.test(word))
    .join(' ')

const lettersIn = (part: Element, characters: number): string =>
  lettersOf(textStart(part, characters).slice(0, characters))

/**
 * A part of a page that stands beside others. What is in it is read once, when that may be needed: all copies of it are
 * compared with it.
 */
export class Part {
  readonly element: Element
  readonly className: string
  #shown: string | undefined
  #window: string | undefined
  #isSlide: boolean | undefined
  #beginning: string | undefined
  #letters: string | undefined
  #others: string | undefined
  #leads: ReadonlySet<string> | undefined
  #pictures: number | undefined
  readonly #holds = new Map<ReadonlySet<string>, boolean>()

  constructor(element: Element) {
    this.element = element
    this.className = classOf(element)
  }

  /** What its class says of the windows that it is shown in. */
  get shown(): string {
    return (this.#shown ??= wordsOf(this.className, SHOWN))
  }

  /** The windows, or their sizes, that its class names. */
  get window(): string {
    return (this.#window ??= wordsOf(this.className, WINDOWS))
  }

  get isSlide(): boolean {
    return (this.#isSlide ??= isSlide(this.element))
  }

  get beginning(): string {
    return (this.#beginning ??= lettersIn(this.element, FIRST_CHARACTERS))
  }

  /** All that it says; nothing if it is long. */
  get letters(): string {
    const isLong = (): boolean => textStart(this.element, MOST_CHARACTERS + 1).length > MOST_CHARACTERS
    return (this.#letters ??= isLong() ? '' : lettersIn(this.element, MOST_CHARACTERS))
  }

  /** Beside its text: where its links lead, and its pictures, which may be the names of what it is about. */
  get others(): string {
    return (this.#others ??= elements(this.element, 'a', 'img')
      .map(element => ['href', 'alt', 'src'].map(name => attribute(element, name) ?? '').join(' '))
      .join(' '))
  }

  get leads(): ReadonlySet<string> {
    return (this.#leads ??= new Set(elements(this.element, 'a').map(link => attribute(link, 'href') ?? '')))
  }

  get pictures(): number {
    return (this.#pictures ??= elements(this.element, 'img', 'video', 'iframe').length)
  }

  /** Whether it holds one of these elements, which are USED or FIELDS. */
  holds(names: ReadonlySet<string>): boolean {
    const known = this.#holds.get(names) ?? contains(this.element, ({ tagName }) => names.has(tagName))
    this.#holds.set(names, known)
    return known
  }
}

/** How much two parts must say to say the same, and what they may not hold. */
interface Least {
  readonly letters: number
  readonly without: ReadonlySet<string>
}

/** Whether two parts say the same, and enough. */
function saysSame(one: Part, other: Part, { letters, without }: Least): boolean {
  if (one.beginning.length < letters || one.beginning !== other.beginning) return false
  return !one.holds(without) && !other.holds(without) && one.letters !== '' && one.letters === other.letters
}

/**
 * How many letters two parts must say that are shown in different windows: each is called so, or one of two that say
 * much is shown in some; undefined for other parts.
 */
function leastForWindows(one: Part, other: Part): number | undefined {
  if (one.element.tagName !== other.element.tagName) return undefined
  if (one.shown !== other.shown) return one.shown !== '' && other.shown !== '' ? LEAST_FOR_WINDOWS : LEAST_UNNAMED
  return one.window !== other.window && one.window !== '' && other.window !== '' ? LEAST_FOR_WINDOWS : undefined
}

/** Whether what goes leads nowhere that what stays does not lead to, and shows no more. */
const hasNoMore = (goes: Part, stays: Part): boolean =>
  goes.pictures <= stays.pictures && [...goes.leads].every(href => stays.leads.has(href))

/** Which of two parts beside each other goes as it says nothing else than the other; undefined if both stay. */
function goesOf(last: Part, part: Part, isInShow: boolean): Part | undefined {
  const least = last.className === part.className ? undefined : leastForWindows(last, part)
  if (least !== undefined) {
    if (!saysSame(last, part, { letters: least, without: FIELDS })) return undefined
    if (hasNoMore(part, last)) return part
    return hasNoMore(last, part) ? last : undefined
  }
  if (!PARTS.has(part.element.tagName)) return undefined
  const isShow = isInShow || (last.isSlide && part.isSlide)
  const isNamed = part.className !== '' || part.element.tagName === 'li'
  if (!isShow && (!isNamed || last.className !== part.className)) return undefined
  if (!saysSame(last, part, { letters: isShow ? LEAST_LETTERS : LEAST_UNNAMED, without: USED })) return undefined
  return last.others === part.others ? part : undefined
}

/**
 * The parts that say the same as the one right beside them: slides of a show, the copies of a running line, and what
 * stands there once for each of two windows.
 */
export function saidAgain(parent: Parent): Element[] {
  const again: Element[] = []
  let last: Part | undefined
  let isShow: boolean | undefined
  for (const node of parent.childNodes) {
    if (isBlank(node)) continue
    const part = isElement(node) && FOR_WINDOWS.has(node.tagName) ? new Part(node) : undefined
    let goes: Part | undefined
    if (part !== undefined && last !== undefined) {
      isShow ??= isElement(parent) && isSlide(parent)
      goes = goesOf(last, part, isShow)
    }
    if (goes !== undefined) again.push(goes.element)
    if (goes === undefined || goes === last) last = part
  }
  return again
}
