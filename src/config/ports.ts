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
