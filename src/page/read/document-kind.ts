import { decodePercent } from '../../bytes/decode-percent.js'

/** text/* that is no text for people: endless, compiled for telephones, or for word processors. */
const NO_TEXT =
  /^text\/(event-stream|rtf|richtext|vnd\.wap\.(?!wml$)|x-uuencode|uuencode|mac-binhex|x-component|h323|scriptlet)/

/** The endings of names of files, given as words in rows. */
export const endings = (...rows: readonly string[]): ReadonlySet<string> => new Set(rows.flatMap(row => row.split(' ')))

/** Whether the name of a file ends in a dot and one of these endings, in any letter case. */
export function endsIn(name: string, set: ReadonlySet<string>): boolean {
  const dot = name.lastIndexOf('.')
  return dot >= 0 && set.has(name.slice(dot + 1).toLowerCase())
}

/**
 * Endings of files for programs of old machines, which servers send as text/plain because they do not know them:
 * archives, disk images, programs, sounds, encoded files (.hqx and .uu are text, but nobody reads them), and playlists.
 */
const FILES = endings(
  'hqx bin sit sea cpt zip arj lzh lha lzx zoo arc dms adf d64 d71 d81 t64 tap tzx prg img dsk ima st msa z80 sna nib po',
  'exe com dll iso dmg smi gz tgz z bz2 xz 7z rar tar cpio rpm deb uu uue xx xxe b64 mim mod xm s3m it mid midi kar wav',
  'au snd aif aiff voc mp2 mp3 ra ram rm mov qt avi mpg mpeg flc fli swf class jar cab ps eps rtf doc xls ppt wri pac',
  'm3u m3u8 pls asx prc pdb torrent'
)

/** The bare type of a Content-Type, in lower case. */
export const bareType = (contentType: string): string => contentType.replace(/;.*/s, '').trim().toLowerCase()

/** The last segment of a path, as the address has it. */
export const fileName = (url: URL): string => url.pathname.slice(url.pathname.lastIndexOf('/') + 1)

/** The last segment of a path as people read it, else the host. */
export const shownName = (url: URL): string => decodePercent(fileName(url)) || url.host

/** Whether a bare type is that of no text for people, whatever its name begins with. */
export const isNoText = (type: string): boolean => NO_TEXT.test(type)

/** Whether a name is that of a file for a program. */
export const isProgramFile = (name: string): boolean => endsIn(name, FILES)
