import { decodePercent } from '../../bytes/decode-percent.js'

/** Documents that are shown as a page, each by its reader. */
export type DocumentKind = 'html' | 'markdown' | 'json' | 'xml' | 'text'

/** text/* that is no text for people: endless, for telephones, or for word processors. */
const NO_TEXT =
  /^text\/(event-stream|rtf|richtext|vnd\.wap\.|x-uuencode|uuencode|mac-binhex|x-component|h323|scriptlet)/

/** Types of documents; the first that matches counts. */
const TYPES: ReadonlyArray<readonly [RegExp, DocumentKind]> = [
  [/^(text\/html|application\/xhtml\+xml)$/, 'html'],
  [/^text\/(x-)?markdown$/, 'markdown'],
  [/^(application|text)\/(x-)?([\w.-]+\+)?json$/, 'json'],
  [/^(application|text)\/([\w.-]+\+)?xml$/, 'xml'],
  [/^text\/[\w.+-]+$/, 'text'],
  [
    /^application\/(x-)?(javascript|ecmascript|typescript|sh|csh|perl|python|ruby|httpd-php(-source)?|tex|latex|texinfo|troff(-\w+)?|sql|yaml|toml)$/,
    'text'
  ]
]

/**
 * Names of files for programs of old machines, which servers that do not know them call text/plain: archives, disk
 * images, programs, sounds, encoded files (.hqx and .uu are text, but nobody reads them), and playlists.
 */
const FILE_NAME =
  /\.(hqx|bin|sit|sea|cpt|zip|arj|lzh|lha|lzx|zoo|arc|dms|adf|d64|d71|d81|t64|tap|tzx|prg|img|dsk|ima|st|msa|z80|sna|nib|po|exe|com|dll|iso|dmg|smi|gz|tgz|z|bz2|xz|7z|rar|tar|cpio|rpm|deb|uue?|xxe?|b64|mim|mod|xm|s3m|it|midi?|kar|wav|au|snd|aiff?|voc|mp[23]|ra|ram|rm|mov|qt|avi|mpe?g|fl[ic]|swf|class|jar|cab|e?ps|rtf|doc|xls|ppt|wri|pac|m3u8?|pls|asx|prc|pdb|torrent)$/i

/** The bare type of a Content-Type, in lower case. */
export const bareType = (contentType: string): string => contentType.replace(/;.*/s, '').trim().toLowerCase()

/** The last part of a path, as it stands in the address. */
export const fileName = (url: URL): string => url.pathname.slice(url.pathname.lastIndexOf('/') + 1)

/** The last part of a path as people read it, else the host. */
export const shownName = (url: URL): string => decodePercent(fileName(url)) || url.host

/** What kind of document a Content-Type and a name say, or undefined if it is none that is shown as a page. */
export function documentKind(contentType: string, name: string): DocumentKind | undefined {
  const type = bareType(contentType)
  const kind = NO_TEXT.test(type) ? undefined : TYPES.find(([pattern]) => pattern.test(type))?.[1]
  if (type !== 'text/plain') return kind
  if (FILE_NAME.test(name)) return undefined
  return /\.(md|markdown)$/i.test(name) ? 'markdown' : kind
}
