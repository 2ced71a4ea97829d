import type { Display, Profile } from './profile.js'

/** The narrowest letters of fixed width on small screens: 6 by 10 of X, Monaco 9. Pixels. */
const NARROW_LETTER = 6
/** Shorter lines would be no help on any screen. Characters. */
const LEAST_COLUMNS = 20

/**
 * The profile on a screen: lines that do not wrap by themselves, and fields, are no wider than it. A Palm of 160 pixels
 * and a Pocket PC run the same kinds of browsers.
 */
export function onScreen(profile: Profile, { width }: Display): Profile {
  const preColumns = Math.max(LEAST_COLUMNS, Math.floor(width / NARROW_LETTER))
  return preColumns >= profile.preColumns ? profile : { ...profile, preColumns }
}
