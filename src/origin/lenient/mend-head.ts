/** Control characters. A bare CR ends no line (RFC 9112 2.2), or who may write into a field would write another. */
const CONTROLS = /[\0-\x08\x0a-\x1f\x7f]/g
/** A name of a field: RFC 9110 5.1. */
const FIELD_NAME = /^[\w!#$%&'*+.^`|~-]+$/
/** "HTTP/1.1 200 OK", and what servers of radios (ICY) and misled ones (HTTP/2 in text, two blanks) write. */
const STATUS_LINE = /^(?:HTTP\/?[\d.]{0,5}|ICY)[ \t]{1,9}(\d{3})(?!\d)(.*)$/i
/** Of the connection, which ends with the answer. */
const HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'upgrade'])

interface Field {
  readonly name: string
  value: string
}

/** The fields of a head; lines that go on the one before are joined to it, lines that are none are passed over. */
function fieldsOf(lines: readonly string[]): Field[] {
  const fields: Field[] = []
  for (const line of lines.map(given => given.replace(CONTROLS, ' '))) {
    const last = fields.at(-1)
    if (/^[ \t]/.test(line) && last !== undefined) {
      last.value += ` ${line.trim()}`
      continue
    }
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim()
    if (FIELD_NAME.test(name)) fields.push({ name, value: line.slice(colon + 1).trim() })
  }
  return fields
}

/** All lengths that are said, each once. */
const lengthsOf = (fields: readonly Field[]): string[] => [
  ...new Set(
    fields
      .filter(({ name }) => name.toLowerCase() === 'content-length')
      .flatMap(({ value }) => value.split(',').map(length => length.trim()))
  )
]

/** The head of an answer as it was meant. */
export interface MendedHead {
  readonly status: number
  /** In the strict form of RFC 9112, with the empty line */
  readonly text: string
  readonly chunked: boolean
}

/**
 * Writes the head of an answer anew as curl and browsers understand it: bare LF, blanks before a colon, folded fields,
 * lines without a colon, lengths said twice or beside chunks (RFC 9112 6.3: chunks win). Undefined if it is no head.
 */
export function mendHead(head: string): MendedHead | undefined {
  const [first = '', ...lines] = head.split(/\r?\n/)
  const match = STATUS_LINE.exec(first)
  if (match === null) return undefined
  const [, status = '', reason = ''] = match
  const fields = fieldsOf(lines)
  const chunked = fields.some(({ name, value }) => name.toLowerCase() === 'transfer-encoding' && /chunked/i.test(value))
  const [length, ...others] = chunked ? [] : lengthsOf(fields)
  // Which of two lengths was meant nobody knows, and browsers show an error.
  if (others.length > 0) return undefined
  const kept = fields.filter(
    ({ name }) => !HOP.has(name.toLowerCase()) && !/^(content-length|transfer-encoding)$/i.test(name)
  )
  const written = [
    ...kept.map(({ name, value }) => `${name}: ${value}`),
    ...(chunked ? ['Transfer-Encoding: chunked'] : []),
    ...(length !== undefined && /^\d{1,15}$/.test(length) ? [`Content-Length: ${length}`] : []),
    'Connection: close'
  ]
  return {
    status: Number(status),
    text: [`HTTP/1.1 ${status} ${reason.trim()}`, ...written, '', ''].join('\r\n'),
    chunked
  }
}
