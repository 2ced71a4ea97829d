import t from 'tap'
import { waitedFor } from '../../../src/portal/waited-for.js'
import { Failure, type FailureCode } from '../../../src/failures.js'
import { asFailure } from '../../../src/origin/connect/failure.js'

const coded = (code: string): Failure => asFailure(Object.assign(new Error('late'), { code }))

t.test('what took too long is named', async t => {
  const cases: ReadonlyArray<readonly [Failure, string]> = [
    [coded('UND_ERR_CONNECT_TIMEOUT'), 'a connection to the site'],
    [coded('ETIMEDOUT'), 'a connection to the site'],
    [coded('UND_ERR_HEADERS_TIMEOUT'), 'the answer of the site to begin'],
    [new Failure('TIMED_OUT', 'until its answer began'), 'the answer of the site to begin'],
    [coded('UND_ERR_BODY_TIMEOUT'), 'the rest of the answer'],
    [new Failure('NAME_SERVER_SILENT', 'no name server answers for a.test'), 'a name server'],
    [new Failure('BUSY', 'no place within 30 seconds'), 'its turn to convert the page'],
    [new Failure('UPSTREAM_SILENT', 'CONNECT'), 'the other proxy']
  ]
  for (const [failure, what] of cases) t.equal(waitedFor(failure, 29.7), `The proxy waited 30 seconds for ${what}.`)
  t.match(waitedFor(coded('ETIMEDOUT'), 1.2), /waited 1 second for/)
})

t.test('nothing is said of what came at once, or did not wait', async t => {
  t.equal(waitedFor(coded('EAI_AGAIN'), 0.01), undefined)
  for (const code of ['NAME_NOT_FOUND', 'CONNECTION_REFUSED', 'BLOCKED', 'INTERNAL'] satisfies FailureCode[])
    t.equal(waitedFor(new Failure(code), 20), undefined)
  t.equal(waitedFor(new Failure('BUSY', 'memory'), 20), undefined)
})
