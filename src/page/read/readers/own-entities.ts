/** A document type is at the beginning. Characters. */
const PROLOG = 8192
/** Further references stay as they are written: each may be a long text. References. */
const MOST_REFERENCES = 1000

/** A declaration of an entity whose value is a plain text, no longer than a name is. */
const DECLARATION = /<!ENTITY\s+([\w.-]{1,40})\s+["']([^"'<&%]{0,100})["']\s*>/g
/** Those that every parser knows by itself. */
const KNOWN = new Set(['amp', 'lt', 'gt', 'quot', 'apos', 'nbsp'])

/** XML whose references to entities of its own document type are the texts that they stand for. */
export function withOwnEntities(xml: string): string {
  const start = xml.slice(0, PROLOG)
  if (!start.includes('<!ENTITY')) return xml
  const values = new Map([...start.matchAll(DECLARATION)].map(([, name = '', value = '']) => [name, value]))
  let count = 0
  return xml.replace(/&([\w.-]{1,40});/g, (reference, name: string) => {
    const value = KNOWN.has(name) ? undefined : values.get(name)
    return value === undefined || count++ >= MOST_REFERENCES ? reference : value
  })
}
