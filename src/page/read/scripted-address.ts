import { isAddress } from '../forms/destinations.js'
import type { Script } from '../tree/scripts.js'

/** A script that goes on to an address which it has as it stands: location.href = "/next", location.replace("/next"). */
const GOES_ON =
  /\blocation(?:\.href)?(?:\s?=\s?|\.(?:assign|replace)\(\s?)(?:"([^"\\\s]{1,2000})"|'([^'\\\s]{1,2000})')(?!\s?\+)/g
/** What is looked at of one script: one that does no more than go on is short. Characters. */
const GOING_ON_CHARACTERS = 2000

/** The first address that a short script of a page goes on to; undefined if there is none. */
export function scriptedAddress(scripts: readonly Script[]): string | undefined {
  for (const { text } of scripts) {
    if (text.length > GOING_ON_CHARACTERS) continue
    for (const [, double, single] of text.matchAll(GOES_ON)) {
      const address = double ?? single ?? ''
      if (isAddress(address)) return address
    }
  }
  return undefined
}
