import { createRequire } from 'node:module'
import type * as feedsmith from 'feedsmith'

/** A feed of an OPML file, with the names of its folders, outer ones first. */
export interface OutlinedFeed {
  readonly name: string
  readonly feed: string
  readonly folders: readonly string[]
}

interface Outline {
  readonly text?: string | undefined
  readonly title?: string | undefined
  readonly xmlUrl?: string | undefined
  readonly outlines?: readonly Outline[] | undefined
}

/** Folders deeper than this are not opened. Levels. */
const MOST_DEPTH = 8

function feedsIn(outlines: readonly Outline[], folders: readonly string[]): OutlinedFeed[] {
  return outlines.flatMap(({ text, title, xmlUrl, outlines: inner }) => {
    const name = (title ?? text ?? '').trim()
    const own = xmlUrl === undefined ? [] : [{ name: name === '' ? xmlUrl : name, feed: xmlUrl.trim(), folders }]
    return inner === undefined || folders.length >= MOST_DEPTH ? own : [...own, ...feedsIn(inner, [...folders, name])]
  })
}

// feedsmith takes a sixth of a second to load (measured): it is loaded for the first such file.
const require = createRequire(import.meta.url)

/**
 * The feeds of an OPML file, as feed readers export it.
 * @throws Error when it is none.
 */
export function readOpml(text: string): OutlinedFeed[] {
  const { body } = (require('feedsmith') as typeof feedsmith).parseOpml(text) as {
    body?: { outlines?: readonly Outline[] }
  }
  return feedsIn(body?.outlines ?? [], [])
}
