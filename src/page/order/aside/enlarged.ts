import { hrefAround, type Element } from '../../tree/tree.js'

/** What a link leads to that shows a picture as large as it is, and no other page */
const ENLARGED = /^#|\.(jpe?g|png|webp|gif|avif)\b/i

/** Whether a picture leads to another page. */
export const leadsAway = (picture: Element): boolean => !ENLARGED.test(hrefAround(picture) || '#')
