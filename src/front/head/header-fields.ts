import type { BadRequestReason } from './bad-request.js'
import { trimBlanks } from './trim-blanks.js'

export interface HeaderField {
  name: string
  value: string
}

/** A token of RFC 9110 section 5.6.2: what a field name may consist of. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/**
 * Makes header lines as old clients wrote them strict. A line that is not a field is dropped, and the request goes on.
 * Only a damaged Content-Length or Transfer-Encoding refuses the request, because another proxy on the way may have
 * understood it differently (RFC 9112 section 5.1).
 */
export function normaliseHeaderLines(lines: readonly string[]): HeaderField[] | BadRequestReason {
  const fields: HeaderField[] = []
  let current: HeaderField | undefined
  for (const line of lines) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (current) unfold(current, line)
      continue
    }
    current = parseField(line)
    if (current) fields.push(current)
    else if (isDamagedFraming(line)) return 'ambiguous-length'
  }
  return fields
}

function parseField(line: string): HeaderField | undefined {
  const colon = line.indexOf(':')
  if (colon < 1) return undefined
  const rawName = line.slice(0, colon)
  const name = trimBlanks(rawName)
  if (!token.test(name) || (name !== rawName && isFramingName(name))) return undefined
  return { name, value: cleanValue(line.slice(colon + 1)) }
}

/** RFC 9112 section 5.2: a line that starts with a blank continues the value of the line before. */
function unfold(field: HeaderField, line: string): void {
  const more = cleanValue(line)
  field.value += field.value && more ? ` ${more}` : more
}

/**
 * RFC 9110 section 5.5: control characters become blanks. Bytes from 0x80 on stay, since Node's parser accepts them.
 */
function cleanValue(value: string): string {
  return trimBlanks(value.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, ' '))
}

function isDamagedFraming(line: string): boolean {
  return isFramingName(line.split(':', 1)[0] ?? '')
}

function isFramingName(name: string): boolean {
  const letters = name.replace(/[^a-z]/gi, '').toLowerCase()
  return letters === 'contentlength' || letters === 'transferencoding'
}
