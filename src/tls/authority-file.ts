import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeAuthority, privatePem, readAuthority, type Authority, type Digest } from './certificates.js'
import { makeFolder } from '../store/make-folder.js'

/** Key and certificate in one file: they are made together, and neither is of use without the other. */
const FILE = 'authority.pem'
const OWNER_ONLY = 0o600

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST'

async function read(file: string, digest: Digest): Promise<Authority | undefined> {
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  chmodSync(file, OWNER_ONLY)
  return await readAuthority(pem, digest).catch(() => {
    // Not what the library says of it: that may quote the key.
    throw new Error(
      `${file} holds no RSA key with its certificate. Without the file a new authority is made, which browsers must import anew.`
    )
  })
}

/** Written whole or not at all; of two processes that start at the same time the first one wins. */
function write(file: string, content: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, content, { mode: OWNER_ONLY, flag: 'wx' })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!isThere(error)) throw error
  } finally {
    unlinkSync(draft)
  }
}

/**
 * The authority that is kept in a folder; made where there is none yet. With no folder it lasts as long as the process.
 * @throws Error when the folder cannot be written to, or the file is broken.
 */
export async function openAuthority(folder: string, digest: Digest): Promise<Authority> {
  if (folder === '') return await makeAuthority(digest)
  const file = join(folder, FILE)
  const kept = await read(file, digest)
  if (kept !== undefined) return kept
  makeFolder(folder, 0o700)
  const made = await makeAuthority(digest)
  write(file, `${made.certificate}${await privatePem(made.keys)}`)
  return (await read(file, digest))!
}
