import { elements, type Element } from '../tree/tree.js'

/** Words in the address of a handbook. */
const HANDBOOK =
  /(^|[./_-])(docs?|documentation|reference|manuals?|man\d?|wiki|api|tutorials?|handbook|guides?|learn|book|developers?|help)([./_-]|$)/i

/** Addresses of entries of a journal, which follow each other by their days. */
export const isDated = ({ pathname }: URL): boolean => /\/((19|20)\d\d\/\d\d?\/|blog|news|posts?\/)/i.test(pathname)

/** Whether a page is one of a handbook: its address says so, and it shows code or terms. */
export const isHandbook = (body: Element, { hostname, pathname }: URL): boolean =>
  HANDBOOK.test(hostname + pathname) && elements(body, 'pre', 'code', 'dt').length > 0
