import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { didYouMean } from '../nearest.js'
import type { RulesFolder } from './rules-folder.js'

/** Read beside those that come with the program: a list of hosts as text. */
const FURTHER = 'blocked.txt'

/** Names in a folder, and whether each is a folder. */
const entriesOf = (folder: string): ReadonlyMap<string, boolean> =>
  new Map(readdirSync(folder, { withFileTypes: true }).map(entry => [entry.name, entry.isDirectory()]))

/** Files and folders in the folder of one's own that nothing reads, each with the reason: a name is typed wrong. */
export function unreadFiles(folder: RulesFolder): string[] {
  if (typeof folder === 'string') return []
  const known = new Map([...entriesOf(folder.shipped), [FURTHER, false]])
  const problems = [...entriesOf(folder.own)].flatMap(([name, isFolder]) => {
    const path = join(folder.own, name)
    // Editors and systems leave files of their own.
    if (name.startsWith('.')) return []
    if (!known.has(name)) return [`${path}: nothing reads it${didYouMean(name, [...known.keys()])}`]
    if (isFolder !== known.get(name)) return [`${path}: a file and a folder are two things`]
    if (!isFolder) return []
    return readdirSync(path)
      .filter(name => !name.endsWith('.yaml') && !name.startsWith('.'))
      .map(name => `${join(path, name)}: nothing reads it: names end in .yaml`)
  })
  return problems.sort()
}
