#!/usr/bin/env node
/*
 * Crawls the real pages of the replay origin through the proxy, as old browsers, and judges every answer.
 *
 *   node .ci/crawl.mjs --shared ../shared --proxy-command "node dist/main.js"
 *        [--corpus DIR] [--clients nav3,mosaic,...] [--images 300] [--only ID,ID] [--feeds]
 *        [--jobs 4] [--out DIR] [--keep] [--verbose]
 *   --proxy HOST:PORT    uses a running proxy (and --origin HOST:PORT the origin behind it)
 *   --out DIR            keeps answers (CLIENT/ID.head, CLIENT/ID.html) and results.json there
 *
 * Exit status: 0 every hard check passed, 1 some did not, 2 it could not work.
 */
import { spawn, spawnSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'

const accept = 'image/gif, image/x-xbitmap, image/jpeg, image/pjpeg'
const netscape = (agent, ...more) => ['Proxy-Connection: Keep-Alive', `User-Agent: ${agent}`, 'Host: $HOST', ...more]
const plain = (agent, ...more) => [`User-Agent: ${agent}`, 'Host: $HOST', ...more]
/** One client of each profile: the DTD of its pages, and the widest image where images are judged. */
export const clients = {
  nav3: { html: '3.2', maxWidth: 600, headers: netscape('Mozilla/3.04 (Macintosh; I; 68K)', `Accept: ${accept}, */*`) },
  mosaic: {
    html: '2.0',
    headers: [
      'User-Agent: NCSA_Mosaic/2.7b5 (X11;SunOS 5.4 sun4m)  libwww/2.12 modified',
      'Connection: keep-alive',
      'Extension: Notify-Domain-Restriction',
      'Host: $HOST'
    ]
  },
  html4: {
    html: '4.01',
    headers: netscape(
      'Mozilla/4.08 [en] (Win98; I)',
      `Accept: ${accept}, image/png, */*`,
      'Accept-Encoding: gzip',
      'Accept-Language: en',
      'Accept-Charset: iso-8859-1,*,utf-8'
    )
  },
  tiny: {
    html: '2.0',
    headers: plain('Contiki/1.0 (Commodore 64; http://dunkels.com/adam/contiki/)', 'Connection: close')
  },
  cern: {
    html: '2.0',
    headers: ['Accept: text/plain', 'Accept: text/html', 'User-Agent: CERN-LineMode/2.15 libwww/2.17']
  },
  nav1: {
    html: '3.2',
    headers: netscape('Mozilla/1.22 (Windows; I; 16bit)', 'Accept: */*, image/gif, image/x-xbitmap, image/jpeg')
  },
  lite: { html: '4.01', headers: netscape('NetSurf/3.10 (Linux)', 'Accept: */*', 'Accept-Encoding: gzip') },
  text: {
    html: '3.2',
    headers: plain('Lynx/2.9.0dev.12 libwww-FM/2.14', 'Accept: text/html, text/plain, text/sgml, text/css, */*;q=0.01')
  },
  pda: {
    html: '3.2',
    headers: plain(
      'Mozilla/2.0 (compatible; MSIE 3.02; Windows CE; 240x320)',
      'UA-pixels: 240x320',
      'UA-color: color8',
      'UA-OS: Windows CE (POCKET PC) - Version 3.0'
    )
  }
}

// ---------------------------------------------------------------- HTTP as an old browser speaks it

/** One request over a socket of its own; resolves also when nothing good came. */
export function ask(port, address, { headers }, { host = '127.0.0.1', timeoutSeconds = 60, maxBytes = 64e6 } = {}) {
  const started = Date.now()
  return new Promise(done => {
    const chunks = []
    let size = 0
    let wanted = Infinity // bytes of head and body, once the head says so
    let keep = false // the answer announced that the connection stays open
    let timer
    const socket = net.connect(port, host)
    const end = how => {
      clearTimeout(timer)
      socket.destroy()
      done({ ...parseAnswer(Buffer.concat(chunks)), how, ms: Date.now() - started })
    }
    timer = setTimeout(() => end('timeout'), timeoutSeconds * 1000)
    socket.on('error', problem => end(problem.code ?? 'error'))
    socket.on('close', () => end('closed'))
    socket.on('data', chunk => {
      chunks.push(chunk)
      size += chunk.length
      if (size > maxBytes) return end('too long')
      if (wanted === Infinity && size < 1e6) {
        const { head, headers: fields, headBytes } = parseAnswer(Buffer.concat(chunks))
        if (head && fields['content-length']) {
          wanted = headBytes + Number(fields['content-length'])
          keep = /keep-alive/i.test(`${fields.connection} ${fields['proxy-connection']}`)
        }
      }
      if (size < wanted) return
      if (keep) return end('kept')
      clearTimeout(timer)
      timer = setTimeout(() => end('not closed'), 3000)
    })
    const fields = headers.map(line => line.replace('$HOST', new URL(address).host))
    socket.write([`GET ${address} HTTP/1.0`, ...fields, '', ''].join('\r\n'), 'latin1')
  })
}

function parseAnswer(bytes) {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return { head: '', headers: {}, body: bytes, headBytes: 0 }
  const head = bytes.toString('latin1', 0, end + 4)
  const headers = {}
  for (const [, name, value] of head.matchAll(/^([^\s:]+):[ \t]*(.*?)\s*$/gm)) headers[name.toLowerCase()] ??= value
  const [, version, status] = head.match(/^HTTP\/(\S+) (\d+)/) ?? []
  return { head, version, status: Number(status), headers, body: bytes.subarray(end + 4), headBytes: end + 4 }
}

/** Follows redirects as the client would. */
async function visit(port, address, client, options) {
  for (let hops = 0; ; hops++) {
    const answer = await ask(port, address, client, options)
    answer.address = address
    if (![301, 302].includes(answer.status) || !answer.headers.location || hops === 10) return { ...answer, hops }
    const next = resolve(answer.headers.location, address)
    if (!next?.startsWith('http:')) return { ...answer, hops, how: `redirect to ${answer.headers.location}` }
    address = next
  }
}

function resolve(reference, base) {
  try {
    return new URL(reference, base).href
  } catch {
    return undefined
  }
}

/** Runs `work` on all items, `jobs` at a time. */
async function each(items, jobs, work) {
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) await work(item, index)
  }
  await Promise.all(Array.from({ length: jobs }, worker))
}

// ---------------------------------------------------------------- judging a page

/** What is wrong with the exchange itself, one word or phrase each. */
function faultsOf(answer, expected = 200) {
  const length = answer.headers['content-length']
  return [
    !answer.head && `no answer (${answer.how})`,
    answer.head && answer.status !== expected && `status ${answer.status}`,
    answer.head && answer.version !== '1.0' && `HTTP/${answer.version}`,
    answer.head && length === undefined && 'no Content-Length',
    length !== undefined && Number(length) !== answer.body.length && `length ${length}, body ${answer.body.length}`,
    answer.head && !['closed', 'kept'].includes(answer.how) && answer.how
  ].filter(Boolean)
}

const charsetOf = answer => answer.headers['content-type']?.match(/charset=["']?([\w-]+)/i)?.[1] ?? 'iso-8859-1'

/** Parts of a long page: links to the page's own address with another `~` hint, such as ?~2. */
const bare = address => address.replace(/[?&]~[^?&#]*/g, '').replace(/#.*$/, '')
function nextParts(answer) {
  const links = [...answer.body.toString('latin1').matchAll(/<a\b[^>]*\bhref="([^"#]+)/gi)].map(([, href]) => href)
  return links
    .map(href => resolve(href.replace(/&amp;/g, '&'), answer.address))
    .filter(href => href && /[?&]~/.test(href) && bare(href) === bare(answer.address))
}

async function visitWholePage(port, address, client, options) {
  const first = await visit(port, address, client, options)
  const parts = [first]
  const known = new Set([first.address, bare(first.address)])
  for (const part of parts) {
    for (const next of nextParts(part)) {
      if (known.has(next) || parts.length >= 50) continue
      known.add(next)
      parts.push(await visit(port, next, client, options))
    }
  }
  return parts
}

/** The menus of a page that has too many for itself, on a page of their own: they are judged as it is. */
async function visitMenu(parts, port, client, options) {
  const links = parts.map(part => part.body.toString('latin1').match(/<a\b[^>]*\bhref="([^"]+)">Site\s+menu\b/i)?.[1])
  const link = links.find(link => link !== undefined)
  return link === undefined
    ? []
    : visitWholePage(port, resolve(link.replace(/&amp;/g, '&'), parts[0].address), client, options)
}

// ---------------------------------------------------------------- text kept

// Node 20 takes windows-1252 for plain Latin-1 unless it streams; a NUL would be a gap
const decode = (bytes, charset) => new TextDecoder(charset).decode(bytes, { stream: true }).replaceAll('\0', ' ')
const anyAscii = await import('any-ascii').then(module => module.default).catch(() => text => text)

const latin1Names =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro
  para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil
  Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave
  Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml
  igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute
  thorn yuml`.split(/\s+/)
const entities = new Map(latin1Names.map((name, n) => [name, String.fromCharCode(160 + n)]))
for (const [name, code] of Object.entries({
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  euro: '€',
  lsquo: '‘',
  rsquo: '’'
}))
  entities.set(name, code)

/** Unknown names (dashes, quotes, arrows) stand between words. */
const decodeReferences = text =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));?/gi, (whole, hex, number, name) => {
    if (name) return entities.get(name) ?? (whole.endsWith(';') ? ' ' : whole)
    const code = hex ? parseInt(hex, 16) : Number(number)
    if (code > 0x10ffff || code === 0) return ' '
    return code >= 128 && code < 160 ? decode(Buffer.from([code]), 'windows-1252') : String.fromCodePoint(code)
  })

const unseen = new Set(
  `script style svg template head noscript iframe object video audio canvas math select button textarea datalist
  dialog nav`.split(/\s+/)
)
const inline = new Set(
  `a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small
  span strike strong sub sup time tt u var wbr`.split(/\s+/)
)
const textElements = new Set('p li h1 h2 h3 h4 h5 h6 td th pre dt dd blockquote figcaption caption'.split(' '))
const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
// an end tag may be left out after these: their end cannot be found by counting
const optionalEnd = new Set('p li td th tr dt dd option tbody thead tfoot body html'.split(' '))

const gap = '\0' // something was left out here: no three words in a row across it

/**
 * The text of a document, and which of it is in <article>/<main> or in text elements. Only tags are looked at, no
 * tree is built; elements that no one sees are left out when `all` is false.
 */
function* textRuns(html, all) {
  // every choice is settled by the next character: no backtracking, whatever the page
  const token =
    /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*>|<(\/?)([a-z][^\s/>]*)((?:[^>=]|=\s*(?:"[^"]*"|'[^']*'|(?![\s"'])))*)>|<\/?[a-z][^>]*>/gi
  const depth = { article: 0, text: 0 }
  let hidden = null // the element being left out: name, depth, end of its start tag
  let at = 0
  for (;;) {
    const m = token.exec(html)
    if (hidden && (m ? m.index : html.length) - hidden.end > 0.3 * html.length) {
      // an end tag is missing: it cannot have been meant to hide all this
      at = token.lastIndex = hidden.end
      hidden = null
      continue
    }
    if (!m && hidden) {
      at = html.length
      break
    }
    if (!m) break
    if (!hidden && m.index > at)
      yield { text: html.slice(at, m.index), article: depth.article > 0, inText: depth.text > 0 }
    at = token.lastIndex
    if (!m[2]) continue
    const name = m[2].toLowerCase()
    const closing = m[1] === '/'
    if (hidden) {
      if (name === hidden.name && (hidden.depth += closing ? -1 : 1) === 0) hidden = null
      continue
    }
    if (/^(script|style|noscript|template|iframe|textarea|title)$/.test(name) && !closing) {
      if (all && name === 'textarea') continue
      const end = new RegExp(`</${name}[\\s>]`, 'gi')
      end.lastIndex = at
      at = token.lastIndex = end.exec(html)?.index ?? html.length
      continue
    }
    const out = /\shidden(?=[\s=/]|$)|display:\s*none|visibility:\s*hidden|\saria-hidden\s*=\s*["']?true/i.test(m[3])
    if (!all && !closing && !voidElements.has(name) && (unseen.has(name) || (out && !optionalEnd.has(name)))) {
      hidden = { name, depth: 1, end: at }
      yield { text: gap, article: depth.article > 0, inText: true }
      continue
    }
    if (name === 'article' || name === 'main') depth.article = Math.max(0, depth.article + (closing ? -1 : 1))
    if (textElements.has(name)) depth.text = closing ? 0 : 1
    if (!inline.has(name)) yield { text: '\n', article: depth.article > 0, inText: true }
  }
  yield { text: html.slice(at), article: false, inText: depth.text > 0 }
}

/**
 * What a person would call the text of the page: <article> or <main>; failing that, paragraphs, items and cells;
 * failing that, all that is seen.
 */
export function textOfOriginal(bytes, charset = 'utf-8') {
  const runs = [...textRuns(decode(bytes, charset), false)]
  const only = chosen => decodeReferences(runs.map(run => (chosen(run) ? run.text : run.text.trim() && gap)).join(''))
  const article = only(run => run.article)
  if (wordsOf(article).length >= 80) return article
  const text = only(run => run.inText)
  const everything = only(() => true) // old pages keep their text in <div> and <br>
  return wordsOf(text).length > 0.5 * wordsOf(everything).length ? text : everything
}

export function textOfAnswer(bytes, charset) {
  const latin = /^(iso-?8859-?1|latin-?1|us-ascii)$/i.test(charset)
  const runs = textRuns(decode(bytes, latin ? 'windows-1252' : charset), true)
  return decodeReferences([...runs].map(run => run.text).join(''))
}

/** Both sides the same way: spelt in ASCII, as the answer may be; ' " ` inside a word are letters of other scripts. */
export const wordsOf = text =>
  anyAscii(text.normalize('NFC').replace(/\p{Cf}/gu, ''))
    .normalize('NFKD')
    .replace(/\p{M}|(?<=[\p{L}\p{N}])['"`]+(?=[\p{L}\p{N}])/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu

/** Runs of three words; of nine letters where the script has no spaces, for the answer may set them anywhere. */
export function piecesOf(text, squeeze) {
  const pieces = new Set()
  for (const words of text.split(gap).map(wordsOf)) {
    const units = squeeze ? [...words.join('')] : words
    const length = squeeze ? 9 : 3
    for (let i = 0; i + length <= units.length; i++) pieces.add(units.slice(i, i + length).join(squeeze ? '' : ' '))
  }
  return pieces
}

export const hasNoSpaces = text => (text.match(unspaced)?.length ?? 0) > 0.2 * (text.match(/\p{L}/gu)?.length ?? 1)

/** The share of the original's pieces that the answer has; null where there is hardly any text. */
export function share(original, answer) {
  const squeeze = hasNoSpaces(original)
  const wanted = piecesOf(original, squeeze)
  if (wanted.size < 10) return null
  const got = piecesOf(answer, squeeze)
  return [...wanted].filter(piece => got.has(piece)).length / wanted.size
}

// ---------------------------------------------------------------- images

/** Type and size as the bytes themselves say. */
function imageInfo(bytes) {
  if (/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)) && bytes.length > 10)
    return { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return {}
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    while (bytes[at + 1] === 0xff) at++
    const marker = bytes[at + 1]
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { type: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
  return { type: 'image/jpeg' }
}

function imagesOf(answer) {
  const html = answer.body.toString('latin1')
  const base = html.match(/<base\b[^>]*\bhref="([^"]+)"/i)?.[1] ?? answer.address
  const found = new Set()
  for (const [, quoted, plain] of html.matchAll(/<img\b[^>]*?\ssrc=(?:"([^"]*)"|([^\s">]+))/gi)) {
    const source = (quoted ?? plain).replace(/&amp;/g, '&').replace(/&#(\d+);/g, (_, n) => String.fromCharCode(n))
    found.add(resolve(source, base) ?? `not an address: ${source.slice(0, 100)}`)
  }
  return found
}

/** Every image of the answers, through the proxy and from the origin itself. */
async function judgeImages(addresses, client, { port, host, origin, jobs }) {
  const figures = { count: addresses.length, failed: [], bytes: 0, originBytes: 0, compared: 0, blank: 0, own: 0 }
  await each(addresses, jobs, async address => {
    const fail = why => figures.failed.push(`${address}: ${why}`)
    if (!/^http:/.test(address)) return fail('no http address')
    const answer = await visit(port, address, client, { host })
    const info = imageInfo(answer.body)
    const faults = faultsOf(answer)
    const named = answer.headers['content-type']?.split(';')[0]
    if (!info.type) faults.push(`is no GIF or JPEG but ${answer.body.subarray(0, 8).toString('hex')} (${named})`)
    else if (info.type !== named) faults.push(`${info.type} called ${named}`)
    if (info.type && !(info.width > 0 && info.width <= client.maxWidth)) faults.push(`width ${info.width}`)
    if (faults.length) return fail(faults.join(', '))
    const source = await visit(
      origin.port,
      address.replace(/[?&]~\d+x\d+$/, ''),
      { headers: ['Host: $HOST', 'Accept: image/*'] },
      origin
    )
    if (source.status !== 200 || !/^image/.test(source.headers['content-type'])) return void figures.own++
    figures.compared++
    figures.bytes += answer.body.length
    figures.originBytes += source.body.length
    if (info.width * info.height <= 4 && source.body.length > 1000) figures.blank++
  })
  return figures
}

// ---------------------------------------------------------------- the programs around

const children = []
function killChildren() {
  for (const child of children) child.kill('SIGKILL')
}
process.on('exit', killChildren)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(2))

function start(command, args, log) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  child.output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      child.output = (child.output + chunk).slice(-20000)
      if (log) fs.appendFileSync(log, chunk)
    })
  child.on('error', problem => (child.output += problem.message))
  return child
}

async function waitFor(what, child, test, seconds = 30) {
  for (let i = 0; i < seconds * 10; i++) {
    const found = await test()
    if (found) return found
    if (child && (child.exitCode !== null || child.signalCode)) break
    await sleep(100)
  }
  console.error(`${what} did not start:\n${child?.output ?? ''}`)
  process.exit(2)
}

export async function startOrigin(shared, corpus) {
  const script = path.join(shared, 'origin/origin.mjs')
  const child = start(process.execPath, [script, '--corpus', corpus, '--port', '0', '--tls', '0', '--redirect-https'])
  await waitFor('the replay origin', child, () => /^ready$/m.test(child.output))
  const [, port] = child.output.match(/^http +on [\d.]+:(\d+)/m)
  const [, authority] = child.output.match(/its authority: (\S+)/)
  return { host: '127.0.0.1', port: Number(port), authority }
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  const { port } = server.address()
  await new Promise(done => server.close(done))
  return port
}

export async function startProxy(commandLine, origin, log) {
  const port = await freePort()
  const [command, ...rest] = commandLine.split(/\s+/)
  const child = start(
    command,
    [...rest, 'serve', '--port', `${port}`, '--host', '127.0.0.1'].concat(
      '--upstream-proxy',
      `http://127.0.0.1:${origin.port}`,
      '--extra-ca',
      origin.authority,
      // No browser comes as often as all that are tried here one after the other.
      '--max-connections-per-second',
      '1000'
    ),
    log
  )
  const answers = async () => (await ask(port, 'http://corpus.test/', clients.nav3, { timeoutSeconds: 5 })).head
  await waitFor('the proxy', child, answers)
  return { port, host: '127.0.0.1', child }
}

// ---------------------------------------------------------------- the crawl

const quantile = (numbers, share) =>
  numbers.length
    ? [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))]
    : NaN
const percent = number => `${(100 * number).toFixed(1)} %`

/** The DTD's findings for files of one encoding, by file name. */
function validate(shared, version, encoding, files) {
  // HTML 2.0 and 3.2 declare Latin-1; a page that is sent in UTF-8 is judged by the declaration of HTML 4 (ISO 10646)
  const unicode = /^utf-8$/i.test(encoding) ? ['--unicode'] : []
  const script = path.join(shared, 'check/validate-html.mjs')
  const run = spawnSync(
    process.execPath,
    [script, '--html', version, '--encoding', encoding, ...unicode, '--json', ...files],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 29
    }
  )
  if (run.status === 2 || !run.stdout) throw new Error(`validate-html.mjs: ${run.stderr}`)
  return JSON.parse(run.stdout)
}

/** The page as its site has it: rules of sites lead to addresses that were not captured, and leave out what is compared. */
const withoutRule = address => {
  const url = new URL(address.replace(/^https:/, 'http:'))
  return `${url.href.replace(/#.*/, '')}${url.search === '' ? '?' : '&'}~site=off`
}

async function crawlClient(name, pages, setup) {
  const client = clients[name]
  const { shared, proxy, retro, out, options } = setup
  const dir = path.join(out, name)
  fs.mkdirSync(dir, { recursive: true })
  const results = []
  const images = new Set()
  await each(pages, options.jobs, async (page, index) => {
    const parts = await visitWholePage(proxy.port, withoutRule(page.url), client, { host: proxy.host })
    const menu = await visitMenu(parts, proxy.port, client, { host: proxy.host })
    const all = [...parts, ...menu]
    const files = all.map((part, n) => {
      const file = path.join(dir, n ? `${page.id}.${n + 1}` : page.id)
      fs.writeFileSync(`${file}.head`, part.head, 'latin1')
      fs.writeFileSync(`${file}.html`, part.body)
      return `${file}.html`
    })
    const charset = charsetOf(parts[0])
    const findings = all.flatMap(part =>
      retro.check(part.body, retro.parseHeaders(part.head), { charset }).findings.filter(f => f.severity === 'E')
    )
    for (const part of parts) for (const address of imagesOf(part)) images.add(address)
    const answerText = all.map(part => textOfAnswer(part.body, charset)).join('\n')
    results[index] = {
      id: page.id,
      kind: page.kind,
      files,
      charset,
      bytes: parts.reduce((sum, part) => sum + part.body.length, 0),
      parts: parts.length,
      ratio: parts.reduce((sum, part) => sum + part.body.length, 0) / page.bytes,
      ms: parts[0].ms,
      faults: all.flatMap(part => faultsOf(part)),
      retro: findings.map(f => `${f.rule} x${f.count}, line ${f.line}: ${f.first.replace(/[^ -~]/g, '?')}`),
      dtd: [],
      kept: page.kind === 'page' ? share(textOfOriginal(fs.readFileSync(page.file), page.charset), answerText) : null
    }
  })
  const encodings = groupBy(results, result => result.charset)
  for (const [encoding, some] of encodings) {
    const owner = new Map(some.flatMap(result => result.files.map(file => [file, result])))
    for (const { file, messages } of validate(shared, client.html, encoding, [...owner.keys()]))
      for (const m of messages.filter(m => m.kind !== 'W'))
        owner.get(file).dtd.push(`${m.line}:${m.column} ${m.message}`)
  }
  const hash = text => crypto.createHash('sha1').update(text).digest('hex')
  const chosen = [...images].sort((a, b) => (hash(a) < hash(b) ? -1 : 1)).slice(0, options.images)
  const judged = client.maxWidth
    ? await judgeImages(chosen, client, { ...proxy, origin: setup.origin, jobs: options.jobs })
    : null
  return { client: name, pages: results, images: judged, imagesFound: images.size }
}

function groupBy(items, key) {
  const groups = new Map()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}

// ---------------------------------------------------------------- the report

function summarize({ pages, images }) {
  const kept = pages.map(p => p.kept).filter(k => k !== null && !Number.isNaN(k))
  return {
    pages: pages.length,
    'bad exchange': pages.filter(p => p.faults.length).length,
    'retro errors': pages.filter(p => p.retro.length).length,
    'not valid': pages.filter(p => p.dtd.length).length,
    'text kept, median': percent(quantile(kept, 0.5)),
    'by 90 % of pages': percent(quantile(kept, 0.1)),
    least: percent(Math.min(...kept)),
    'size, median': percent(
      quantile(
        pages.map(p => p.ratio),
        0.5
      )
    ),
    'ms, median': quantile(
      pages.map(p => p.ms),
      0.5
    ),
    'ms, most': Math.max(...pages.map(p => p.ms)),
    images: images ? `${images.count}, ${images.failed.length} bad` : '-',
    'image bytes': images?.originBytes ? percent(images.bytes / images.originBytes) : '-'
  }
}

function printTable(rows) {
  const names = Object.keys(rows[0][1])
  const width = Math.max(...names.map(n => n.length)) + 2
  console.log(''.padEnd(width) + rows.map(([client]) => client.padStart(14)).join(''))
  for (const name of names)
    console.log(name.padEnd(width) + rows.map(([, row]) => String(row[name]).padStart(14)).join(''))
}

/** "rule x3, line 9: <b>" and "9:1 message" lead to the same kind for all pages. */
const kindOf = finding => finding.replace(/ x\d+, line.*$/, '').replace(/^\d+:-?\d+ /, '')
function printKinds(title, findings, most) {
  const kinds = groupBy(findings, ({ text }) => kindOf(text))
  const sorted = [...kinds].sort((a, b) => b[1].length - a[1].length)
  if (sorted.length) console.log(`\n${title}`)
  for (const [kind, some] of sorted.slice(0, most)) {
    const ids = [...new Set(some.map(f => f.id))]
    console.log(`  ${some.length} on ${ids.length} pages: ${kind} (${ids.slice(0, 4).join(', ')})`)
    if (some[0].text !== kind) console.log(`      ${some[0].text.slice(0, 200)}`)
  }
}

function printDetails({ client, pages, images, imagesFound }, verbose) {
  const most = verbose ? 1000 : 12
  const all = field => pages.flatMap(p => p[field].map(text => ({ id: p.id, text })))
  printKinds(`${client}: exchange`, all('faults'), most)
  printKinds(`${client}: retro-check`, all('retro'), most)
  printKinds(`${client}: DTD`, all('dtd'), most)
  if (images?.failed.length) console.log(`\n${client}: images\n  ${images.failed.slice(0, most).join('\n  ')}`)
  if (images)
    console.log(
      `\n${client}: ${imagesFound} image addresses, ${images.count} asked for; ${images.compared} compared with the origin's: ` +
        `${images.bytes} of ${images.originBytes} bytes; ${images.own} the proxy's own, ${images.blank} blanked`
    )
  if (!verbose) return
  console.log(`\n${client}: pages`)
  for (const p of [...pages].sort((a, b) => a.kept - b.kept))
    console.log(
      `  ${p.id.padEnd(24)} kept ${p.kept === null ? '-' : percent(p.kept)}, ${p.bytes} bytes (${percent(p.ratio)}) in ${p.parts}, ${p.ms} ms, ` +
        `${p.charset}, retro ${p.retro.length}, dtd ${p.dtd.length}${p.faults.length ? `, ${p.faults.join(', ')}` : ''}`
    )
}

// ---------------------------------------------------------------- main

function parseOptions(args) {
  const options = {
    shared: '../shared',
    clients: Object.keys(clients).join(','),
    images: 300,
    jobs: 4,
    'proxy-command': 'node dist/main.js'
  }
  const switches = ['keep', 'verbose', 'feeds']
  const values = ['shared', 'corpus', 'clients', 'images', 'jobs', 'out', 'only', 'proxy', 'origin', 'proxy-command']
  while (args.length) {
    const name = args.shift().replace(/^--/, '')
    if (switches.includes(name)) options[name] = true
    else if (values.includes(name) && args.length) options[name] = args.shift()
    else {
      console.error(`unknown or incomplete option --${name}; the usage is at the top of this file`)
      process.exit(2)
    }
  }
  return { ...options, images: Number(options.images), jobs: Number(options.jobs) }
}

function readPages(corpus, options) {
  const { items } = JSON.parse(fs.readFileSync(path.join(corpus, 'manifest.json'), 'utf8'))
  const only = options.only?.split(',')
  return items
    .filter(item => item.kind === 'page' || (options.feeds && item.kind === 'feed'))
    .filter(item => !only || only.includes(item.id))
    .map(item => ({ ...item, file: path.join(corpus, item.file) }))
    .map(item => ({ ...item, bytes: fs.statSync(item.file).size }))
}

async function main() {
  const options = parseOptions(process.argv.slice(2))
  const shared = path.resolve(options.shared)
  const corpus = path.resolve(options.corpus ?? path.join(shared, 'corpus'))
  const out = path.resolve(options.out ?? fs.mkdtempSync(path.join(os.tmpdir(), 'crawl-')))
  fs.mkdirSync(out, { recursive: true })
  if (!options.out && !options.keep) process.on('exit', () => fs.rmSync(out, { recursive: true, force: true }))
  const at = text => ({ host: text.split(':')[0], port: Number(text.split(':')[1]) })
  const origin = options.origin ? at(options.origin) : await startOrigin(shared, corpus)
  const proxy = options.proxy
    ? at(options.proxy)
    : await startProxy(options['proxy-command'], origin, path.join(out, 'proxy.log'))
  const retro = await import(pathToFileURL(path.join(shared, 'check/retro-check.mjs')))
  const pages = readPages(corpus, options)

  const all = []
  for (const name of options.clients.split(','))
    all.push(await crawlClient(name, pages, { shared, proxy, origin, retro, out, options }))
  for (const one of all) printDetails(one, options.verbose)
  console.log(`\n${pages.length} pages of ${corpus}\n`)
  printTable(all.map(one => [one.client, summarize(one)]))
  fs.writeFileSync(path.join(out, 'results.json'), JSON.stringify(all, null, 1))
  if (options.keep || options.out) console.log(`\nanswers and results.json in ${out}`)

  const crashed = proxy.child && (proxy.child.exitCode !== null || proxy.child.signalCode)
  if (crashed) console.log(`\nthe proxy ended by itself:\n${proxy.child.output.slice(-2000)}`)
  const bad = p => p.faults.length || p.retro.length || p.dtd.length
  const failed = all.reduce((sum, one) => sum + one.pages.filter(bad).length + (one.images?.failed.length ?? 0), 0)
  const passed = all.reduce((sum, one) => sum + one.pages.length + (one.images?.count ?? 0), 0) - failed
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed || crashed ? 1 : 0
  killChildren()
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) await main()
