import { elements, type Element } from '../tree/tree.js'

/** Words in the address of a handbook. */
const HANDBOOK =
  /(^|[./_-])(docs?|documentation|reference|manuals?|man\d?|wiki|api|tutorials?|handbook|guides?|learn|book|developers?|help)([./_-]|$)/i

/** Whether a page is one of a handbook: its address says so, and it shows code or terms. */
export const isHandbook = (body: Element, { hostname, pathname }: URL): boolean =>
  HANDBOOK.test(hostname + pathname) && elements(body, 'pre', 'code', 'dt').length > 0
