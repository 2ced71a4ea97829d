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

/** Parts of a page; lines of a poem and entries of a list may well say the same. */
const PARTS = new Set('div section article figure header'.split(' '))
/** Classes of what scripts show one after the other, and of the copies that they make for a row without an end. */
const SLIDES = /slide|carousel|marquee|ticker|clone|duplicate|swiper|slick/i
/** Shorter texts may well stand twice, and longer ones are compared no further. Letters, characters. */
const LEAST_LETTERS = 20
const MOST_CHARACTERS = 2000
/** So much tells most parts apart. Characters. */
const FIRST_CHARACTERS = 80
/** What is there to be used and not read. */
const USED = new Set('form input select textarea button iframe video audio object embed'.split(' '))

const isSlide = (element: Element): boolean => SLIDES.test(attribute(element, 'class') ?? '')

/** Beside its text: where the links of a part lead, and its pictures, which may be the names of what it is about. */
const othersOf = (part: Element): string =>
  elements(part, 'a', 'img')
    .map(element => ['href', 'alt', 'src'].map(name => attribute(element, name) ?? '').join(' '))
    .join(' ')

const lettersIn = (part: Element, characters: number): string =>
  lettersOf(textStart(part, characters).slice(0, characters))

/** All that a part says and shows; undefined for one that is long, or is there to be used. */
function allOf(part: Element): string | undefined {
  if (textStart(part, MOST_CHARACTERS + 1).length > MOST_CHARACTERS) return undefined
  if (contains(part, ({ tagName }) => USED.has(tagName))) return undefined
  return `${lettersIn(part, MOST_CHARACTERS)} ${othersOf(part)}`
}

/** A slide, and what it says; all of it is read when that may be needed, and once. */
interface Slide {
  readonly part: Element
  readonly begins: string
  all?: string | undefined
}

function saysAgain(last: Slide, slide: Slide): boolean {
  if (slide.begins.length < LEAST_LETTERS || slide.begins !== last.begins) return false
  slide.all = allOf(slide.part)
  if (!('all' in last)) last.all = allOf(last.part)
  return slide.all !== undefined && slide.all === last.all
}

/** The slides of a show that say the same as the one right before them. */
export function slidesSaidAgain(parent: Parent): Element[] {
  const isShow = isElement(parent) && isSlide(parent)
  const again: Element[] = []
  let last: Slide | undefined
  for (const node of parent.childNodes) {
    if (isBlank(node)) continue
    const isPart = isElement(node) && PARTS.has(node.tagName) && (isShow || isSlide(node))
    const slide: Slide | undefined = isPart ? { part: node, begins: lettersIn(node, FIRST_CHARACTERS) } : undefined
    if (slide !== undefined && last !== undefined && saysAgain(last, slide)) again.push(slide.part)
    else last = slide
  }
  return again
}
