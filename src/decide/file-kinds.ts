import { bareType, endings, endsIn } from '../page/read/document-kind.js'

/**
 * Files that no machine of the time can use, with what they are: they get a page that says so before anything is
 * downloaded. All that is not here passes at once: what a program of an old machine may want (archives, programs, MP3,
 * WAV, AU, AIFF, MIDI, MOD, QuickTime, MPEG-1, AVI, RealMedia, PostScript, RTF, the Office formats up to 2003).
 */
const FILES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^application\/(x-)?pdf$/, 'PDF document'],
  [
    /^video\/(?!quicktime$|mpeg$|x-mpeg$|(x-)?msvideo$|avi$|x-sgi-movie$|x-ms-|vnd\.rn-|vnd\.vivo$|vivo$|fli$|x-fli$)/,
    'video'
  ],
  [/^audio\/(x-)?(aacp?|m4a|mp4|mp4a-latm|ogg|opus|vorbis|flac|webm|3gpp2?|matroska|vnd\.dts|eac3|ac3)$/, 'sound'],
  [/^application\/(ogg|mp4|x-matroska|dash\+xml|vnd\.apple\.mpegurl|vnd\.ms-sstr\+xml)$/, 'video or sound'],
  [
    /^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument|ms-\w+\.\w*macroenabled|apple\.(pages|numbers|keynote)|sun\.xml)/,
    'office document of today'
  ],
  [/^application\/(epub\+zip|x-ibooks\+zip|vnd\.amazon\.)/, 'electronic book'],
  [/^(font\/.*|application\/(x-)?font-\w+|application\/vnd\.ms-(fontobject|opentype))$/, 'font'],
  [
    /^application\/(wasm|vnd\.android\.package-archive|vnd\.microsoft\.portable-executable|x-apple-aspen-config)$/,
    'program for machines of today'
  ]
]

/** What a file is that gets a page of its own, by its Content-Type; undefined if its bytes pass at once. */
export function fileTitle(contentType: string): string | undefined {
  const type = bareType(contentType)
  return FILES.find(([pattern]) => pattern.test(type))?.[1]
}

/** Types that say how a file is packed, and its endings. */
const PACKED_TYPE = /^application\/(x-)?(gzip(-compressed)?|tgz|compress(ed)?|bzip2?|xz|lzma)$/
const PACKED = endings('gz tgz taz z bz2 tbz tbz2 xz txz lzma')
/** Nobody reads these as a text, whatever type a server gives them. */
const PACKED_TAR = /\.(tar\.\w+|tgz|taz|tbz2?|txz)$/i

/** Within the ending for how it is packed stands another one: notes.txt.gz; a number is that of a version. */
const HAS_INNER_ENDING = /\.[a-z][^.]*\.\w+$/i

/**
 * Whether a Content-Encoding says how the file is packed, and not how it came: by its name and its type, as in Firefox
 * and wget. A page, a text or a picture that is packed is shown all the same; but text/plain is also what servers call
 * a file of which they know no more than that it is packed.
 */
export function isPackedFile(contentType: string, name: string): boolean {
  const type = bareType(contentType)
  if (PACKED_TAR.test(name) || PACKED_TYPE.test(type)) return true
  if (!endsIn(name, PACKED)) return false
  return !/^(text|image)\/|html|xml/.test(type) || (type === 'text/plain' && !HAS_INNER_ENDING.test(name))
}

/** Types by which browsers of the time know the programs for a file, by the ending of its name. */
const TYPES_BY_NAME: ReadonlyArray<readonly [ReadonlySet<string>, string]> = [
  [endings('zip'), 'application/zip'],
  [endings('sit sea'), 'application/x-stuffit'],
  [endings('gz tgz'), 'application/x-gzip'],
  [endings('z taz'), 'application/x-compress'],
  [endings('tar'), 'application/x-tar'],
  [endings('bin'), 'application/macbinary'],
  [endings('lha lzh'), 'application/x-lha'],
  [endings('mid midi kar'), 'audio/midi'],
  [endings('wav'), 'audio/x-wav']
]

/** The type of bytes that a server calls a text although they are none: WHATWG MIME Sniffing 7.2. */
export const binaryType = (name: string): string =>
  TYPES_BY_NAME.find(([names]) => endsIn(name, names))?.[1] ?? 'application/octet-stream'
