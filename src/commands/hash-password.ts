import { text } from 'node:stream/consumers'
import { hashPassword } from '../config/password-hash.js'

/**
 * retrograde hash-password: reads a password from standard input (one line) and prints what the setting `users` takes
 * for it.
 */
export async function hashPasswordCommand(): Promise<number> {
  if (process.stdin.isTTY) process.stderr.write('Password (it is shown), then Enter and Ctrl-D: ')
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password === '' || /[\r\n]/.test(password))
    throw new Error('hash-password takes one line with the password from standard input')
  process.stdout.write(`${await hashPassword(password)}\n`)
  return 0
}
