import { isPlayer } from '../origin/headers/player.js'
import { bareType } from '../page/read/document-kind.js'
import type { Visit } from './visit-state.js'

/** Programs that download files, or read them for others. */
const FETCHERS =
  /^(wget|curl|libcurl|aria2|axel|httrack|getright|go!zilla|netants|flashget|reget|download|snarf|pavuk|leech|igetter|speed ?download|netnewswire|feedreader|amphetadesk|straw|liferea)/i

/** Libraries in programs that people wrote for themselves, and for what has no browser. */
const LIBRARIES =
  /^(python-|libwww-perl|lwp|perl|java\/|java1|jakarta|apache-httpclient|httpclient|winhttp|wininet|microsoft url control|urlaccess|url access|php|pear|ruby|tcl|rebol|xmlrpc|frontier|userland)|indy library|winhttp\.winhttprequest|msxml/i

const asksForText = (accept: string): boolean => /text\/|html/i.test(accept)

/** Whether the client says that it can use a type itself, and does not ask for HTML. */
function asksFor(accept: string, type: string): boolean {
  return type !== '' && type !== 'text/plain' && accept.toLowerCase().includes(type) && !/text\/html/i.test(accept)
}

/** Names types, and none that a browser shows. */
const asksForNoPage = (accept: string): boolean => accept.trim() !== '' && !/text\/|html|image\/|\*\/\*/i.test(accept)

/** A key to an interface of a site, which no browser of the time sends by itself. */
const hasKey = (authorization: string): boolean => /^(bearer|token|oauth)\s/i.test(authorization)

/**
 * Whether a client is no browser, and wants the bytes of what a browser would be shown as a page: by its name, by what
 * it sends, or because nobody knows it and it asks for no text. HTML is a page for all of them, which programs that
 * keep pages for people want as well.
 */
export function isProgram({ request: { headers }, client }: Visit, contentType: string): boolean {
  const { accept = '', authorization = '', range } = headers
  const agent = headers['user-agent'] ?? ''
  const type = bareType(contentType)
  if (range !== undefined || isPlayer(headers) || FETCHERS.test(agent) || LIBRARIES.test(agent)) return true
  if (hasKey(authorization) || asksForNoPage(accept) || asksFor(accept, type)) return true
  // A text of its own kind is read by people; what programs say to each other is no text/*.
  return client.isUnknown === true && !asksForText(accept) && !type.startsWith('text/')
}
