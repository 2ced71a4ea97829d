import { clock } from '../article/clock.js'
import { imageIn, isFields, listOf, plainOf, textIn, type Fields } from '../told/fields.js'
import { toldOf } from '../told/told.js'
import { lettersOf } from '../content/words.js'
import {
  append,
  createElement,
  createParent,
  createText,
  elements,
  isElement,
  plainText,
  rename,
  textStart,
  type Element,
  type Parent
} from '../tree/tree.js'
import type { Kind } from './kind.js'
import { addParagraphs, addPicture } from './parts.js'

/** Sections within sections of steps: no recipe nests them so. */
const MOST_LEVELS = 4
/** Steps, and ingredients. Lines. */
const MOST_LINES = 300
/** White space around a line in the markup. Characters. */
const SPACE_CHARACTERS = 200
/** A page that has so many of the lines of a list has the list. Share. */
const MOST_SAID = 0.5

/** The steps of a recipe: texts, HowToStep, and those in each HowToSection. */
function stepsIn(value: unknown, levels = MOST_LEVELS): string[] {
  return listOf(value)
    .slice(0, MOST_LINES)
    .flatMap(step => {
      if (!isFields(step)) return textIn(step).split('\n').map(plainOf)
      if (step.itemListElement !== undefined) return levels === 0 ? [] : stepsIn(step.itemListElement, levels - 1)
      return [plainOf(textIn(step.text ?? step.name))]
    })
    .filter(text => text !== '')
    .slice(0, MOST_LINES)
}

/** A time as cooks say it: 1 h 20 min. */
function minutesOf(duration: unknown): string {
  const [hours = '', minutes = ''] = clock(textIn(duration).replace(/^P(0D)?T/, 'PT'))
    .replace(/:\d\d$/, '')
    .split(/:(?=\d\d$)/)
  if (minutes === '') return hours === '' || hours === '0' ? '' : `${hours} min`
  return minutes === '00' ? `${hours} h` : `${hours} h ${Number(minutes)} min`
}

const labelled = (label: string, text: string): string => (text === '' ? '' : `${label} ${text}`)

/** The elements that say nothing but one of these texts, in order. */
function saying(content: Element, texts: readonly string[]): Element[] {
  const wanted = new Set(texts.map(lettersOf))
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 0)
  const says = (element: Element): boolean => {
    const text = textStart(element, 2 * longest + SPACE_CHARACTERS)
    return text.length < 2 * longest + SPACE_CHARACTERS && wanted.has(lettersOf(text))
  }
  const found = new Set(elements(content, 'li', 'p', 'div').filter(says))
  const around = new Set<Parent>()
  for (const { parentNode } of found) {
    let at: Parent | null = parentNode
    for (; at !== null && at !== content && !around.has(at) && isElement(at); at = at.parentNode) around.add(at)
  }
  return [...found].filter(element => !around.has(element))
}

/** Makes a list of what stands alone in one element; adds it below a heading where the page does not have it. */
function asList(
  content: Element,
  name: string,
  { texts, list }: { texts: readonly string[]; list: 'ul' | 'ol' }
): void {
  if (texts.length === 0) return
  const found = saying(content, texts)
  const said = lettersOf(plainText(content))
  if (texts.filter(text => said.includes(lettersOf(text))).length >= MOST_SAID * texts.length) {
    const [parent, ...others] = new Set(found.map(({ parentNode }) => parentNode))
    if (others.length > 0 || parent === null || parent === undefined || !isElement(parent)) return
    if (parent === content || parent.childNodes.filter(isElement).length !== found.length) return
    rename(parent, list, {})
    for (const element of found) rename(element, 'li', {})
    return
  }
  append(content, createElement('h2', {}, createText(name)))
  append(
    content,
    createParent(
      list,
      texts.map(text => createElement('li', {}, createText(text)))
    )
  )
}

const isRecipe = (fields: Fields): boolean =>
  fields.recipeIngredient !== undefined || fields.recipeInstructions !== undefined

/** A recipe: for how many, how long, what it takes, and what to do in which order. */
export const recipe: Kind = ({ told }) => {
  const recipes = toldOf(told, /^Recipe$/).filter(isRecipe)
  const [recipe] = recipes
  if (recipe === undefined || recipes.length > 1) return undefined
  const servings = plainOf(textIn(recipe.recipeYield))
  const facts = [
    /^\d+$/.test(servings) ? `${servings} servings` : servings,
    labelled('Preparation', minutesOf(recipe.prepTime)),
    labelled('Cooking', minutesOf(recipe.cookTime)),
    labelled('Total', minutesOf(recipe.totalTime))
  ].filter(fact => fact !== '')
  const ingredients = listOf(recipe.recipeIngredient ?? recipe.ingredients)
    .slice(0, MOST_LINES)
    .map(value => plainOf(textIn(value)))
    .filter(text => text !== '')
  return article => {
    const { content, byline } = article
    addParagraphs(content, textIn(recipe.description))
    addPicture(content, imageIn(recipe.image), article.title)
    asList(content, 'Ingredients', { texts: ingredients, list: 'ul' })
    asList(content, 'Steps', { texts: stepsIn(recipe.recipeInstructions), list: 'ol' })
    return { ...article, facts: byline === '' ? facts : [byline, ...facts] }
  }
}
