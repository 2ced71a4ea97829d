import { decodePercent } from '../../bytes/decode-percent.js'

/** text/* that is no text for people: endless, for telephones, or for word processors. */
const NO_TEXT =
  /^text\/(event-stream|rtf|richtext|vnd\.wap\.|x-uuencode|uuencode|mac-binhex|x-component|h323|scriptlet)/

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

/** Whether a bare type is that of no text for people, whatever its name begins with. */
export const isNoText = (type: string): boolean => NO_TEXT.test(type)

/** Whether a name is that of a file for a program. */
export const isProgramFile = (name: string): boolean => FILE_NAME.test(name)
