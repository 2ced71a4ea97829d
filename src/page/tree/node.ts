import type { DefaultTreeAdapterTypes as Types } from 'parse5'

export type Node = Types.ChildNode
export type Element = Types.Element
export type Parent = Types.ParentNode
export type Document = Types.Document
export type Text = Types.TextNode

/**
 * Only names of elements do not begin with #. Comparing a character is cheaper than asking for a property that some
 * nodes lack.
 */
export const isElement = (node: Types.Node): node is Element => node.nodeName.charCodeAt(0) !== 35
export const isTemplate = (element: Element): element is Types.Template => 'content' in element
export const isText = (node: Types.Node): node is Text => node.nodeName === '#text'
/** Whether a script defines what an element is: without one, it stands in its line as a SPAN does. */
export const isCustom = ({ tagName }: Element): boolean => tagName.includes('-')
/** The names of headings */
export const HEADINGS: readonly string[] = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
/** Whether a node is nothing but white space. */
export const isBlank = (node: Types.Node): boolean => isText(node) && !/\S/.test(node.value)

/** The one element that another holds, if there is no more than white space beside it. */
export function onlyElementIn({ childNodes }: Parent): Element | undefined {
  const [only, ...others] = childNodes.filter(node => !isBlank(node))
  return only !== undefined && others.length === 0 && isElement(only) ? only : undefined
}

/** The value of an attribute, or undefined. */
export function attribute(element: Element, name: string): string | undefined {
  for (const attr of element.attrs) if (attr.name === name) return attr.value
  return undefined
}

/** What authors call an element: its class and its ID in one text, in which words stand apart. */
export const classAndId = (element: Element): string =>
  `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`

export function setAttribute(element: Element, name: string, value: string): void {
  const attr = element.attrs.find(attr => attr.name === name)
  if (attr === undefined) element.attrs.push({ name, value })
  else attr.value = value
}

export function removeAttribute(element: Element, name: string): void {
  element.attrs = element.attrs.filter(attr => attr.name !== name)
}

/** The HEAD of a document, which a page always has after parsing. */
export function headOf(document: Document): Element | undefined {
  const root = document.childNodes.find((node): node is Element => isElement(node) && node.tagName === 'html')
  return root?.childNodes.find((node): node is Element => isElement(node) && node.tagName === 'head')
}

/** The BODY of a document, which a page always has after parsing, or its FRAMESET. */
export function bodyOf(document: Document): Element | undefined {
  const root = document.childNodes.find((node): node is Element => isElement(node) && node.tagName === 'html')
  return root?.childNodes.find(
    (node): node is Element => isElement(node) && (node.tagName === 'body' || node.tagName === 'frameset')
  )
}
