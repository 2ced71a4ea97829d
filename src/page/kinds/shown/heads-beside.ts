import type { PageLines, Said } from '../../lines/page-lines.js'

/** What the page is, and what of it the text is. */
interface Head {
  readonly text: string
  /** Whether the page offers one thing for sale */
  readonly isForSale: boolean
}

/** What stands above what was written to a page. */
const OF_WRITTEN: readonly Said[] = ['written', 'comments', 'counted', 'count label', 'answer']

/** Whether a text, which stands above others, says that those were written to this page. */
export const headsWritten = (text: string, lines: PageLines): boolean => OF_WRITTEN.some(said => lines.says(said, text))

/** Whether a text, which stands above others, says that those are of other pages, or written to this one. */
export const namesOthers = (text: string, lines: PageLines): boolean =>
  lines.says('others', text) || lines.says('written', text)

/** What headings say above what is beside what a page is about, however much it is. */
const OF_SITE: readonly Said[] = ['beside', 'of site']

/** Whether a text says or asks for what sites do on each page, and is no heading of what stands below it. */
export const isNoHeading = (text: string, lines: PageLines): boolean =>
  lines.says('notice', text) || lines.says('sign up', text)

/** Whether a heading says that what stands below it is beside what a page is about. */
export const isHeadOfSite = ({ text, isForSale }: Head, lines: PageLines): boolean =>
  OF_SITE.some(said => lines.says(said, text)) || (isForSale && lines.says('sending', text))
