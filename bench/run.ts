import { benchExchanges } from './exchanges.js'
import { benchImageVisits } from './image-visits.js'
import { benchPages, pagesOf } from './pages.js'
import { benchVisits } from './visits.js'

// npm run bench [-- FOLDER]: pages of the folder, or made ones; then images, alone and through the proxy; then visits to the
// pages; then exchanges. All figures are ratios to a reference in the same run: machines differ, ratios hardly.

const print = (line: string): void => console.log(line)

const pages = pagesOf(process.argv[2])
benchPages(pages, print)
await import('./images.js')
await benchImageVisits(print)
await benchVisits(pages, print)
await benchExchanges(print)
