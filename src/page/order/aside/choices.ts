import type { Block, Region } from '../../content/blocks.js'
import { attribute, closest, elements } from '../../tree/tree.js'

/** Whether a block is a word that is chosen, or stands beside that. */
export const isChoice = ({ texts }: Block): boolean =>
  texts[0] !== undefined && closest(texts[0], 'option', 'select', 'label', 'legend', 'button') !== undefined

/** Fields that nothing is written into but a number of pieces */
const CHOSEN = /^(checkbox|radio|hidden|submit|button|reset|image|number|range)$/i

/** Whether a region is there to choose from, such as sizes and colours: nothing is written into its fields. */
export const areChoices = ({ element, controls }: Region): boolean =>
  controls > 0 &&
  elements(element, 'input', 'textarea').every(
    field => field.tagName === 'input' && CHOSEN.test(attribute(field, 'type') ?? '')
  )
