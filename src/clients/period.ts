import { overlay } from './overlay.js'
import type { Profile } from './profile.js'

/**
 * The profile for pages of its own time: they may use what these browsers knew beyond the document type that all other
 * pages keep to.
 */
export function inItsTime(profile: Profile): Profile {
  const own = profile.period?.elements
  return own === undefined
    ? profile
    : { ...profile, elements: overlay({ ...profile.elements }, { ...own }) as Profile['elements'] }
}
