import { bareType } from '../page/read/document-kind.js'

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
