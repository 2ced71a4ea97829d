import type { WholeAnswer } from '../front/answer.js'
import { frame, html } from '../portal/html.js'
import type { Visited } from '../request/visit-state.js'

/** Nobody's but for those who know it from other servers: the client closed its request. */
const CLIENT_CLOSED_REQUEST = 499

/** Read by nobody but a program that ends its side and goes on reading (`nc -N`). It needs no profile. */
const PAGE = frame(
  'Left',
  html`
<h1>Left</h1>
<p>Your browser ended its side of the connection before the answer was there.</p>`
)

/** What a visit comes to whose person pressed Stop, or went elsewhere: nothing has failed. */
export const leftAnswer = (): Visited & WholeAnswer => ({
  kind: 'left',
  status: CLIENT_CLOSED_REQUEST,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from(PAGE.text, 'latin1')
})
