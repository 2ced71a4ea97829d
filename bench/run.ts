import { benchExchanges } from './exchanges.js'
import { benchPages } from './pages.js'

// npm run bench [-- FOLDER]: pages of the folder, or made ones; then images; then exchanges. All figures are ratios to
// a reference in the same run: machines differ, ratios hardly.

const print = (line: string): void => console.log(line)

benchPages(process.argv[2], print)
await import('./images.js')
await benchExchanges(print)
