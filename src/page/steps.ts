import type { Step } from './step.js'
import { addSourceLine } from './steps/add-source-line.js'
import { applyStyles } from './steps/apply-styles.js'
import { articleFirst } from './steps/article-first.js'
import { collapseMenus } from './steps/collapse-menus.js'
import { contentFirst } from './steps/content-first.js'
import { dropHidden } from './steps/drop-hidden.js'
import { dropTrackers } from './steps/drop-trackers.js'
import { dropUnseen } from './steps/drop-unseen.js'
import { freeCaptions } from './steps/free-captions.js'
import { keepArticle } from './steps/keep-article.js'
import { keepMenus } from './steps/keep-menus.js'
import { keepSiteParts } from './steps/keep-site-parts.js'
import { listFrames } from './steps/list-frames.js'
import { markForms } from './steps/mark-forms.js'
import { nameIcons } from './steps/name-icons.js'
import { pickImages } from './steps/pick-images.js'
import { plainElements } from './steps/plain-elements.js'
import { plainForms } from './steps/plain-forms.js'
import { plainImages } from './steps/plain-images.js'
import { plainLinks } from './steps/plain-links.js'
import { plainLists } from './steps/plain-lists.js'
import { plainTables } from './steps/plain-tables.js'
import { removeSiteParts } from './steps/remove-site-parts.js'
import { replaceMedia } from './steps/replace-media.js'
import { showSummary } from './steps/show-summary.js'
import { simpleForms } from './steps/simple-forms.js'
import { sizeImages } from './steps/size-images.js'
import { takeTitle } from './steps/take-title.js'
import { unwrapNoscript } from './steps/unwrap-noscript.js'

/** THE LIST: what happens to a page, in order, each with the reason for its place. */
export const STEPS: readonly Step[] = [
  takeTitle, // first: the head goes with a later step
  showSummary, // reads the head
  removeSiteParts, // early: rules name elements as the site wrote them, and what goes needs no more work
  keepSiteParts, // after that: what is removed may stand in what is kept
  dropUnseen, // early: nothing after it has to walk through scripts
  listFrames, // brings the content of NOFRAMES, which all others must see
  unwrapNoscript, // before images are chosen: it holds the real ones
  applyStyles, // early: it knows elements by their classes, and says which are hidden
  dropHidden, // before icons are named: a hidden link needs no name
  collapseMenus, // early: what goes to another page needs no more work
  nameIcons, // before drawings go: the name may be the title of an SVG
  pickImages, // gives each IMG its one address
  dropTrackers, // judges by that address, and by sizes that later steps change
  replaceMedia, // makes images and links that the last steps adapt
  sizeImages, // after media, which makes images of posters; before all that ask how large an image is
  freeCaptions, // before forms: they are found where they will stand
  plainForms, // before tables: a form around rows must be made whole while they are there
  simpleForms, // makes fields of what the last step has left
  markForms, // after forms: it looks at the names and values that are sent
  plainTables, // before elements: it makes DIV and SPAN of cells
  // after tables, whose cells hold menus on old pages, and after forms, which must be whole; before elements, which
  // take the names and classes away
  contentFirst,
  plainLists, // after tables, whose unwrapped cells may hold loose items
  plainElements, // after all that look for HTML 5 elements
  plainLinks, // after all that make links
  plainImages, // after links: an image in a link without address has no border to lose
  addSourceLine // last: it lists the images that are not shown
]

/** The steps for a page that is old HTML already. */
export const UNTOUCHED_STEPS: readonly Step[] = [
  takeTitle,
  removeSiteParts,
  keepSiteParts,
  dropUnseen,
  freeCaptions,
  markForms,
  plainLinks,
  sizeImages,
  plainImages
]

const SITE_STEPS: readonly Step[] = [showSummary, removeSiteParts, keepSiteParts]

/** The steps of a view that shows one thing alone: there is nothing to put behind it. */
const insteadOf = (replaced: Step, replacement: Step): readonly Step[] =>
  STEPS.filter(step => step !== contentFirst).map(step => (step === replaced ? replacement : step))

/** The steps of the other views. Pages of our own need no guessing. */
export const VIEW_STEPS: Readonly<Record<'reader' | 'article' | 'menu' | 'portal', readonly Step[]>> = {
  reader: insteadOf(collapseMenus, keepArticle),
  article: insteadOf(collapseMenus, articleFirst),
  menu: insteadOf(collapseMenus, keepMenus).filter(step => !SITE_STEPS.includes(step)), // rules take menus away
  portal: [takeTitle, dropUnseen, plainForms, simpleForms, markForms, plainTables, plainElements]
}
