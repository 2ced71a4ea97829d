import type { WallRules, WallSigns } from '../../page/wall-rules.js'
import type { OriginResponse } from '../../origin/origin-request.js'

/** Statuses by which what stands before a site refuses (RFC 9110 15.5.4, 15.5.6, 15.6.4; RFC 6585 4). */
const REFUSING: ReadonlySet<number> = new Set([403, 405, 429, 503])

/** What the head of a response says of a wall before the page. */
export function wallSigns(
  { status, headers }: Pick<OriginResponse, 'status' | 'headers'>,
  walls: WallRules
): WallSigns {
  const refused = REFUSING.has(status)
  const named = walls.find(({ fields = [] }) =>
    fields.some(field => {
      const value = headers[field.name]
      if (value === undefined || (field.refused === true && !refused)) return false
      return String(value).toLowerCase().includes(field.value)
    })
  )
  return named === undefined ? { refused } : { refused, named: named.name }
}
