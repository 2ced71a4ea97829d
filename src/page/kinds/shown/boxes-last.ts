import { append, attribute, closest, remove, textOf, walk, type Element } from '../../tree/tree.js'

/** The names of boxes that a button opens over a page. */
const OVER = /(?:^|[-_\s])(?:modal|dialog|drawer|lightbox|popup|offcanvas)(?:[-_\s]|$)/i
/** What holds more of the text is no such box. Share. */
const MOST = 0.4

const isOver = (element: Element): boolean =>
  attribute(element, 'role') === 'dialog' || OVER.test(attribute(element, 'class') ?? '')

const lettersIn = (element: Element): number => textOf(element).replace(/\s+/g, '').length

/**
 * Moves what stands in boxes over a page to its end: shops write how sizes are measured and goods are sent above what they
 * say of the goods, as nobody sees it there.
 */
export function boxesLast(content: Element): void {
  const boxes: Element[] = []
  walk(content, element => {
    if (!isOver(element)) return true
    boxes.push(element)
    return false
  })
  if (boxes.length === 0) return
  const all = lettersIn(content)
  for (const box of boxes) {
    const letters = lettersIn(box)
    if (letters === 0 || letters > MOST * all) continue
    // A row or an item stays where its table or list is.
    if (closest(box, 'table', 'ul', 'ol', 'dl') !== undefined) continue
    remove(box)
    append(content, box)
  }
}
