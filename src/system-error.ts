/** What Node's codes of errors of the system say of a file. */
const OF_FILES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read or write it',
  EPERM: 'this user may not read or write it',
  EISDIR: 'it is a folder, and a file is wanted',
  ENOTDIR: 'a part of its path is no folder',
  EROFS: 'its disk can only be read',
  ENOSPC: 'its disk is full',
  ELOOP: 'links lead to it in a circle'
}

/** The code that Node gives an error of the system: ENOTFOUND. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** What an error says; of one that says nothing, as when several addresses were tried, its code or its name. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || (codeOf(error) ?? error.name) : String(error)

/** Why something failed, for people: in words, where Node has a code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = codeOf(error) ?? ''
  return (Object.hasOwn(OF_FILES, code) ? OF_FILES[code] : undefined) ?? error.message
}

/** The same with the file, as far as the message does not name it already. */
export function errorInWords(error: unknown): string {
  const reason = reasonOf(error)
  const isOurs = !(error instanceof Error) || reason === error.message
  return isOurs || !('path' in error) || typeof error.path !== 'string' ? reason : `${error.path}: ${reason}`
}
