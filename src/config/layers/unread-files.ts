import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { didYouMean } from '../nearest.js'
import type { RulesFolder } from './rules-folder.js'

/** Read beside those that come with the program: a list of hosts as text. */
const FURTHER = ['blocked.txt']

/** What is wrong with a file or folder in the folder of one's own; nothing if it is read. */
function problemWith(entry: { readonly name: string; readonly isFolder: boolean }, known: readonly string[]): string {
  const { name, isFolder } = entry
  if (!known.includes(name)) return `nothing reads it${didYouMean(name, known)}`
  return isFolder === /\./.test(name) ? 'a file and a folder are two things' : ''
}

/** Files and folders in the folder of one's own that nothing reads, each with the reason: a name is typed wrong. */
export function unreadFiles(folder: RulesFolder): string[] {
  if (typeof folder === 'string') return []
  const known = [...readdirSync(folder.shipped), ...FURTHER]
  const entries = readdirSync(folder.own, { withFileTypes: true })
  const problems = entries.flatMap(entry => {
    const path = join(folder.own, entry.name)
    // Editors and systems leave files of their own.
    if (entry.name.startsWith('.')) return []
    const problem = problemWith({ name: entry.name, isFolder: entry.isDirectory() }, known)
    if (problem !== '') return [`${path}: ${problem}`]
    if (!entry.isDirectory()) return []
    return readdirSync(path)
      .filter(name => !name.endsWith('.yaml') && !name.startsWith('.'))
      .map(name => `${join(path, name)}: nothing reads it: names end in .yaml`)
  })
  return problems.sort()
}
