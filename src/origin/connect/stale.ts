import { asFailure } from './failure.js'

/**
 * A connection that was kept has ended before it answered: its other side had closed it already, while the request was
 * on its way. Browsers ask once more on a new one.
 */
class StaleConnection extends Error {}

/** Whether an error is that of a connection that was kept for too long. */
export const isStale = (error: unknown): boolean =>
  error instanceof Error && (error instanceof StaleConnection || isStale(error.cause))

/** Whether a connection has ended: that to a site, or to an upstream proxy (upstream-failures.ts). */
function isLost(error: unknown): boolean {
  const { code, cause } = asFailure(error)
  return (
    code === 'CONNECTION_LOST' || (code === 'UPSTREAM_PROXY' && asFailure(cause ?? error).code === 'CONNECTION_LOST')
  )
}

/** The error of a request that was asked on a connection which was there before it. */
export const onKept = (error: unknown): unknown =>
  isLost(error) ? new StaleConnection('a kept connection ended', { cause: error }) : error
