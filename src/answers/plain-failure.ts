import { FAILURES, type Failure } from '../failures.js'
import { errorPage } from '../portal/error.js'
import type { WholeAnswer } from '../front/answer.js'
import type { Visited } from '../request/visit-state.js'

/** Non-ASCII characters are removed: only ASCII is the same in the charsets of all clients. */
const plain = (text: string): string => text.replace(/[^\n -~]/g, '?')

/** The failure as a page that needs nothing else: no profile, no converter, no store. It cannot fail. */
export function plainFailureAnswer(failure: Failure, portal: string, id: string): Visited & WholeAnswer {
  const { status } = FAILURES[failure.code]
  const body = Buffer.from(plain(errorPage(failure, { address: '', portal, id }).text), 'latin1')
  return {
    kind: 'error',
    failure: failure.code,
    fault: faultOf(failure),
    status,
    headers: { 'content-type': 'text/html' },
    body
  }
}

/** Enough of our own error to find its cause: message and stack. Characters. */
const FAULT_CHARACTERS = 300

/** What the operator gets to know of an error, and nobody else. */
export function faultText(error: unknown): string {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const where =
    stack
      .split('\n')
      .find(line => /^\s+at /.test(line))
      ?.trim() ?? ''
  return `${name}: ${message} ${where}`.replace(/[^ -~]/g, ' ').slice(0, FAULT_CHARACTERS)
}

/** The details of a fault of this program; undefined for all other failures. */
export const faultOf = ({ code, cause }: Failure): string | undefined =>
  code === 'INTERNAL' && cause !== undefined ? faultText(cause) : undefined
