import type { Step, View } from './step.js'
import { addSourceLine } from './steps/add-source-line.js'
import { applyStyles } from './steps/apply-styles.js'
import { articleFirst } from './steps/article-first.js'
import { collapseMenus } from './steps/collapse-menus.js'
import { contentFirst } from './steps/content-first.js'
import { findContent } from './steps/find-content.js'
import { findRest } from './steps/find-rest.js'
import { decodeMail } from './steps/decode-mail.js'
import { dropEchoes } from './steps/drop-echoes.js'
import { dropHidden } from './steps/drop-hidden.js'
import { dropMarks } from './steps/drop-marks.js'
import { dropOrnaments } from './steps/drop-ornaments.js'
import { dropPlaceholders } from './steps/drop-placeholders.js'
import { dropRepeats } from './steps/drop-repeats.js'
import { dropShares } from './steps/drop-shares.js'
import { dropSigns } from './steps/drop-signs.js'
import { dropSlides } from './steps/drop-slides.js'
import { dropTrackers } from './steps/drop-trackers.js'
import { dropTwins } from './steps/drop-twins.js'
import { dropUnseen } from './steps/drop-unseen.js'
import { fillShell } from './steps/fill-shell.js'
import { freeCaptions } from './steps/free-captions.js'
import { keepApart } from './steps/keep-apart.js'
import { keepArticle } from './steps/keep-article.js'
import { keepComments } from './steps/keep-comments.js'
import { keepMenus } from './steps/keep-menus.js'
import { keepPeriod } from './steps/keep-period.js'
import { keepSiteParts } from './steps/keep-site-parts.js'
import { linkTabs } from './steps/link-tabs.js'
import { listFrames } from './steps/list-frames.js'
import { markForms } from './steps/mark-forms.js'
import { narrowForms } from './steps/narrow-forms.js'
import { nameIcons } from './steps/name-icons.js'
import { openLists } from './steps/open-lists.js'
import { pickImages } from './steps/pick-images.js'
import { placeFragments } from './steps/place-fragments.js'
import { plainColours } from './steps/plain-colours.js'
import { plainElements } from './steps/plain-elements.js'
import { plainForms } from './steps/plain-forms.js'
import { plainImages } from './steps/plain-images.js'
import { plainLinks } from './steps/plain-links.js'
import { plainLists } from './steps/plain-lists.js'
import { plainPre } from './steps/plain-pre.js'
import { plainTables } from './steps/plain-tables.js'
import { removeSiteParts } from './steps/remove-site-parts.js'
import { replaceMedia } from './steps/replace-media.js'
import { showSummary } from './steps/show-summary.js'
import { roleTables } from './steps/role-tables.js'
import { simpleForms } from './steps/simple-forms.js'
import { sizeImages } from './steps/size-images.js'
import { tellLack } from './steps/tell-lack.js'
import { takeTitle } from './steps/take-title.js'
import { unwrapNoscript } from './steps/unwrap-noscript.js'

/** The views of a page, and old HTML that the client can take as it stands. */
export type StepView = View | 'untouched'

/** What comes from the web, and is made old HTML. */
const WEB: readonly StepView[] = ['page', 'reader', 'article', 'comments', 'menu']
const ALL: readonly StepView[] = [...WEB, 'portal', 'untouched']
/** What rules of sites are for: not menus, which they take away, nor pages of our own. */
const RULED: readonly StepView[] = ['page', 'reader', 'article', 'comments']

/**
 * THE LIST: what happens to a page, in order; each step with the views that it belongs to, and the reason for its
 * place.
 */
const ROWS: ReadonlyArray<readonly [Step, readonly StepView[], string]> = [
  [takeTitle, ALL, 'first: the head goes with a later step'],
  [showSummary, RULED, 'reads the head'],
  [
    removeSiteParts,
    [...RULED, 'untouched'],
    'early: rules name elements as the site wrote them, and what goes needs no more work'
  ],
  [keepSiteParts, [...RULED, 'untouched'], 'after that: what is removed may stand in what is kept'],
  [placeFragments, WEB, 'before their placeholders go as unseen'],
  [decodeMail, WEB, 'early: addresses are words of the page'],
  [dropUnseen, ALL, 'early: nothing after it has to walk through scripts'],
  [listFrames, [...WEB, 'untouched'], 'brings the content of NOFRAMES, which all others must see'],
  [
    fillShell,
    WEB,
    'before NOSCRIPT is shown, which may say no more than that scripts are needed; what it brings is of the page'
  ],
  [unwrapNoscript, WEB, 'before images are chosen: it holds the real ones'],
  [applyStyles, [...WEB, 'untouched'], 'early: it knows elements by their classes, and says which are hidden'],
  [findContent, WEB, 'after styles say what is hidden; before what may be a part of the content goes'],
  [roleTables, WEB, 'after the content was found, as the model has learnt; before empty cells go'],
  [dropHidden, WEB, 'before icons are named: a hidden link needs no name'],
  [dropMarks, WEB, 'after the content was found, which counts their links; before menus and icons are named'],
  [
    dropTwins,
    WEB,
    'after the content was found, which knows both; before the reader leaves out words for screen readers'
  ],
  [dropPlaceholders, WEB, 'after the content was found, as the model has learnt with them'],
  [dropShares, WEB, 'after the content was found, which knows bars by their links; before menus are counted'],
  [collapseMenus, ['page'], 'early: what goes to another page needs no more work'],
  [keepArticle, ['reader'], 'in their place: what surrounds the article goes'],
  [articleFirst, ['article'], 'in their place as well, if the page is an article'],
  [keepComments, ['comments'], 'in their place as well: all but what was written about the page goes'],
  [keepMenus, ['menu'], 'in their place as well: all but the menus goes'],
  [plainPre, [...WEB, 'untouched'], 'before images are judged: a blank one with an ALT fills a column'],
  [nameIcons, WEB, 'before drawings go: the name may be the title of an SVG'],
  [pickImages, WEB, 'gives each IMG its one address'],
  [dropTrackers, WEB, 'judges by that address, and by sizes that later steps change'],
  [replaceMedia, [...WEB, 'untouched'], 'makes images and links that the last steps adapt'],
  [
    sizeImages,
    [...WEB, 'untouched'],
    'after media, which makes images of posters; before all that ask how large an image is'
  ],
  [dropSlides, WEB, 'after images have their sizes: what is small is a sign; before pictures are counted'],
  [dropOrnaments, WEB, 'after images have their sizes as well; before figures go: a picture with a caption stays'],
  [freeCaptions, [...WEB, 'untouched'], 'before forms: they are found where they will stand'],
  [plainColours, [...WEB, 'untouched'], 'before tables: cells have the grounds that letters stand on'],
  [linkTabs, WEB, 'before links are kept apart, and before buttons that no script answers go'],
  [keepApart, WEB, 'after icons have names, which are words; before elements, which take away what keeps labels apart'],
  [openLists, WEB, 'before forms: it makes some, and what is in none goes'],
  [plainForms, [...WEB, 'portal'], 'before tables: a form around rows must be made whole while they are there'],
  [simpleForms, [...WEB, 'portal'], 'makes fields of what the last step has left'],
  [markForms, ALL, 'after forms: it looks at the names and values that are sent'],
  [plainTables, [...WEB, 'portal'], 'before elements: it makes DIV and SPAN of cells'],
  [
    contentFirst,
    ['page', 'article'],
    'after tables, whose cells hold menus on old pages, and after forms, which must be whole; before elements, which take the names and classes away'
  ],
  [
    narrowForms,
    ['page', 'article'],
    'after the content stands first and what goes to its end has gone there, fields among it; before it is found where a page may be cut'
  ],
  [
    findRest,
    ['page', 'article'],
    'in the order that stays; before elements, which take away what shows where pictures belong, and before images share what a part may weigh'
  ],
  [plainLists, WEB, 'after tables, whose unwrapped cells may hold loose items'],
  [plainElements, ALL, 'after all that look for HTML 5 elements'],
  [keepPeriod, ['untouched'], 'before links: those of a frame get its target'],
  [plainLinks, [...WEB, 'untouched'], 'after all that make links'],
  [plainImages, [...WEB, 'untouched'], 'after links: an image in a link without address has no border to lose'],
  [dropRepeats, WEB, 'after links and images: two are the same if their last addresses are'],
  [dropEchoes, WEB, 'after repeats, which may have stood between'],
  [dropSigns, WEB, 'after all that drop what may have stood beside a sign'],
  [tellLack, WEB, 'after links: its own are whole'],
  [addSourceLine, WEB, 'last: it lists the images that are not shown']
]

/** A step, and why it stands where it stands. */
export interface PlacedStep {
  readonly step: Step
  readonly views: readonly StepView[]
  readonly why: string
}

export const STEPS: readonly PlacedStep[] = ROWS.map(([step, views, why]) => ({ step, views, why }))

/** The steps of one view, in order. */
export const stepsFor = (view: StepView): readonly PlacedStep[] => STEPS.filter(({ views }) => views.includes(view))
