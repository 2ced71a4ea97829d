import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the check of the content found on one page; words, and shares of the words that the page is about. */
export interface ContentRow {
  readonly id: string
  readonly type: string
  readonly page: { readonly recall: number; readonly html: number; readonly before: number | null }
  readonly reader: { readonly f1: number; readonly found: boolean }
}

/**
 * Asks the running proxy for every page and compares what comes with what people say that the page is about.
 *
 * @param check the script that does it
 * @param agent the browser that asks
 * @throws Error if it could not run
 */
export function checkContent(check: string, pages: string, agent: string): ContentRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'retrograde-quality-'))
  const file = join(folder, 'rows.json')
  const options = ['--pages', pages, '--proxy-command', 'node dist/main.js', '--agent', agent, '--json', file]
  try {
    const { status } = spawnSync(process.execPath, [check, ...options], { stdio: ['ignore', 'ignore', 'inherit'] })
    if (status !== 0) throw new Error(`${check} ended with ${status}`)
    return JSON.parse(readFileSync(file, 'utf8')) as ContentRow[]
  } finally {
    rmSync(folder, { recursive: true })
  }
}
