import { isBinary } from '../bytes/is-binary.js'
import { bareType, endings, endsIn } from '../page/read/document-kind.js'

const MPEGURL = 'audio/x-mpegurl'

/** Playlists by the ending of their name, and the types by which browsers of the time know the players for them. */
const NAMES: ReadonlyArray<readonly [ReadonlySet<string>, string]> = [
  [endings('m3u m3u8'), MPEGURL],
  [endings('pls'), 'audio/x-scpls'],
  [endings('ram'), 'audio/x-pn-realaudio'],
  [endings('asx wax wvx'), 'video/x-ms-asf'],
  [endings('xspf'), 'application/xspf+xml']
]

/** Types of playlists; some are also those of what is played, which is no text. */
const TYPES =
  /^(audio\/(x-)?(mpegurl|mpeg-url|scpls|pls)|application\/((x-)?mpegurl|vnd\.apple\.mpegurl|x-scpls|pls(\+xml)?|xspf\+xml|vnd\.ms-asf)|audio\/(x-pn-realaudio(-plugin)?|vnd\.rn-realaudio|x-ms-wax)|video\/x-ms-(asf|asx|wvx|wmx))$/
/** Types of MPEG's lists since there are lists of pieces of films. */
const NEW_TYPE = /^application\/((x-)?mpegurl|vnd\.apple\.mpegurl)$/
/** Types that servers put on what they do not know. */
const VAGUE = /^($|text\/(plain|xml)|application\/(octet-stream|xml))/
/** RFC 8216: a list of the pieces of a stream, or of its variants, which no player of the time knows. */
const PIECES = /^#EXT-X-(STREAM-INF|TARGETDURATION|MEDIA|MAP|KEY)/m

const typeByName = (name: string): string | undefined => NAMES.find(([names]) => endsIn(name, names))?.[1]

/** What says whether something is a playlist. */
export interface MayBePlaylist {
  readonly contentType: string
  /** Last part of the path */
  readonly name: string
  /** The first bytes, or undefined before they are read */
  readonly start: Buffer | undefined
}

/** Whether it may be a playlist, as far as its type and its name tell. */
export function mayBePlaylist({ contentType, name }: MayBePlaylist): boolean {
  const type = bareType(contentType)
  return TYPES.test(type) || (VAGUE.test(type) && typeByName(name) !== undefined)
}

/** Whether it is one: its first bytes are text, and name no pieces of a stream. */
export const isPlaylist = (facts: MayBePlaylist): boolean =>
  mayBePlaylist(facts) &&
  facts.start !== undefined &&
  facts.start.length > 0 &&
  !isBinary(facts.start) &&
  !PIECES.test(facts.start.toString('latin1'))

/** The type by which the player for a playlist is known. */
export function playlistType(contentType: string, name: string): string {
  const type = bareType(contentType)
  if (NEW_TYPE.test(type)) return MPEGURL
  return VAGUE.test(type) ? (typeByName(name) ?? type) : type
}

/**
 * Where an entry of a playlist begins: a line of M3U and RAM, File1= of PLS, Ref1= and HREF of ASX, LOCATION of XSPF.
 */
const ENTRY =
  /(^(?:\xEF\xBB\xBF)?[ \t]*(?:(?:File|Ref)\d+[ \t]*=[ \t]*)?|\bhref[ \t]*=[ \t]*["']?|<location>[ \t\r\n]*)https?:\/\//gim

/**
 * A playlist whose entries are all of http: players of the time know nothing else, and the proxy asks for them by
 * https.
 * @param gateway stands before addresses for a client without a proxy setting; else empty
 */
export const playablePlaylist = (bytes: Buffer, gateway: string): Buffer =>
  Buffer.from(
    bytes.toString('latin1').replace(ENTRY, (_, before: string) => `${before}${gateway}http://`),
    'latin1'
  )
