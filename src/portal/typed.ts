import { webAddress } from '../bytes/web-address.js'

/** What a person typed as an address, with or without a scheme; undefined if it cannot be one. */
export function typedAddress(typed: string): URL | undefined {
  const trimmed = typed.trim()
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed.replace(/^\/+/, '')}`
  return webAddress(whole)
}

/**
 * Words that end like a host but are names of files or programs, except where the ending is a country too (.py, .rs,
 * .sh).
 */
const FILE_NAME =
  /\.(asp|bat|bmp|c|cfg|cpp|css|csv|dll|doc|exe|gif|h|htm|html|ini|jpeg|jpg|js|json|jsx|log|md|pas|pdf|php|png|rb|tar|ts|txt|vbs|xml|yaml|zip)$/i

/** Text that can only be an address: it has a scheme, www., or a host of several names with or without a path. */
const ADDRESS =
  /^(https?:\/\/\S|www\.\S|(?:[^\s/.:?#@]+\.)+[^\s/.:?#@\d]{2,}(:\d+)?(\/.*)?$|\d+\.\d+\.\d+\.\d+(:\d+)?(\/.*)?$)/i

/** The address that was typed where words are expected; undefined if it is words. */
export function addressAmongWords(typed: string): URL | undefined {
  const trimmed = typed.trim()
  const isFile = !trimmed.includes('/') && FILE_NAME.test(trimmed)
  return ADDRESS.test(trimmed) && !isFile ? typedAddress(trimmed) : undefined
}

/**
 * Whether something typed where an address is expected is words: several, or one that cannot be the name of a host on
 * the Internet.
 */
export function areWords(typed: string): boolean {
  const trimmed = typed.trim()
  if (trimmed === '' || /^[a-z][a-z0-9+.-]*:/i.test(trimmed) || addressAmongWords(trimmed) !== undefined) return false
  return /\s/.test(trimmed) || !/[./:]|^localhost$/i.test(trimmed)
}
