/** Where web sites live: 80 and its neighbours, TLS, and the ports that programs without privileges take. */
export const WEB_PORTS: readonly string[] = ['80-85', '443', '8000-8999']

const PORT = /^(\d{1,5})(?:-(\d{1,5}))?$/

/** A port or a range of them, or undefined if the text is neither. */
export function portRange(text: string): readonly [number, number] | undefined {
  const [, first, last = first] = PORT.exec(text) ?? []
  if (first === undefined || Number(first) < 1 || Number(first) > Number(last) || Number(last) > 65535) return undefined
  return [Number(first), Number(last)]
}

/** Whether a port is one of those that are listed. */
export const isListedPort = (port: number, ports: readonly string[]): boolean =>
  ports.some(text => {
    const range = portRange(text)
    return range !== undefined && port >= range[0] && port <= range[1]
  })

/** What programs beside browsers ask for by CONNECT, by its usual ports (IANA, and the customs of chat). */
const SERVICES: ReadonlyArray<readonly [name: string, ports: readonly string[]]> = [
  ['FTP', ['20-21', '990']],
  ['SSH', ['22']],
  ['Telnet', ['23', '992']],
  ['mail (SMTP)', ['25', '465', '587']],
  ['mail (POP3)', ['109-110', '995']],
  ['mail (IMAP)', ['143', '220', '993']],
  ['news (NNTP)', ['119', '563']],
  ['Gopher', ['70']],
  ['Hotline', ['5500-5503']],
  ['chat (IRC)', ['194', '994', '6660-6669', '6679', '6697', '7000']],
  ['chat (ICQ, AIM)', ['5190-5193']],
  ['chat (MSN)', ['1863']],
  ['chat (Yahoo)', ['5050']],
  ['chat (Jabber)', ['5222-5223']]
]

/** What is spoken at a port that is no web, by the name that people know; undefined if it may be the web. */
export const serviceOf = (port: number): string | undefined =>
  SERVICES.find(([, ports]) => isListedPort(port, ports))?.[0]
