import t from 'tap'
import { checkPage } from '../helpers/check-page.js'
import { convertPage, cpuMilliseconds, jobFor, profileOf } from '../helpers/context.js'
import { HOSTILE } from '../helpers/hostile-pages.js'
import { partProblems } from '../helpers/part-problems.js'

/**
 * A hostile page takes a second, on a busy machine two or three; one that grew with the square of the page took
 * fifteen.
 */
const MOST_MILLISECONDS = 8000

t.test('hostile pages end, and are right', t => {
  for (const [name, markup] of Object.entries(HOSTILE)) {
    // Large ones for the two that differ most.
    const ids = markup.length > 20_000 ? ['nav3', 'cern'] : ['nav3', 'cern', 'mosaic', 'html4', 'tiny']
    const views = [...ids.map(id => [id, 'page'] as const), ['nav3', 'reader'] as const]
    for (const [id, view] of views) {
      const profile = profileOf(id)
      const before = cpuMilliseconds()
      const job = jobFor(Buffer.from(markup), profile, { contentType: 'text/html; charset=utf-8', view })
      const result = convertPage(job)
      const said = `${name} for ${id}, ${view}`
      t.ok(cpuMilliseconds() - before < MOST_MILLISECONDS, `${said}: it ends`)
      t.same(result.failures, [], `${said}: no step fails`)
      t.same(checkPage(result.body, profile).problems, [], `${said}: well formed`)
    }
  }
  t.end()
})

t.test('hostile pages in parts', t => {
  for (const [name, markup] of Object.entries(HOSTILE)) {
    // Checking takes longer than cutting.
    if (markup.length > 300_000) continue
    // The smallest parts for large pages, which take long to check.
    for (const id of markup.length > 20_000 ? ['tiny'] : ['tiny', 'pda', 'cern', 'mosaic']) {
      const before = cpuMilliseconds()
      const { problems } = partProblems(
        jobFor(Buffer.from(markup), profileOf(id), { contentType: 'text/html; charset=utf-8' })
      )
      t.same(
        problems.filter(problem => !problem.startsWith('other words') || !/megabyte/.test(name)),
        [],
        `${name} for ${id}`
      )
      t.ok(cpuMilliseconds() - before < 3 * MOST_MILLISECONDS, `${name} for ${id}: it ends`)
    }
  }
  t.end()
})
