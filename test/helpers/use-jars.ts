import { createCookieJars } from '../../src/origin/cookies/cookie-jars.js'
import { openStore } from '../../src/store/open.js'

// A process that keeps cookies of five sites, says how many so far, and waits to be killed.
const jars = createCookieJars(
  openStore(process.argv[2]!, () => {}),
  1024 * 1024
)
let at = 0
setInterval(() => {
  for (let many = 0; many < 20; many++, at++) {
    const lines = [`n=${at}; Max-Age=1000`, `pad=${'x'.repeat(2000)}`]
    jars.keep('me', new URL(`https://site${at % 5}.test/`), lines)
  }
  process.stdout.write(`${at}\n`)
}, 1)
