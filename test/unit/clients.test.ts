import type { IncomingHttpHeaders } from 'node:http'
import t from 'tap'
import { createIdentify, identify } from '../../src/clients/identify.js'
import { loadClientRules } from '../../src/clients/rules.js'
import { createPersonalSettings, type Choices } from '../../src/clients/settings.js'
import type { ImageLimits } from '../../src/image/options.js'
import { imageOptionsFor } from '../../src/request/options-for.js'
import { openMemory } from '../../src/store/memory.js'

const rules = loadClientRules()

/** What browsers call themselves, and the profile and display that each gets. */
const AGENTS: Readonly<Record<string, readonly string[]>> = {
  'tiny text40': ['Contiki/1.0 (Commodore 64; http://dunkels.com/adam/contiki/)', 'Contiki/2.x'],
  'nav1 col16': ['MicroWeb/2.1'],
  'html4 col256': [
    'iCab/2.9.9 (Macintosh; U; 68K)',
    'Mozilla/4.5 (compatible; iCab 2.9.8; Macintosh; U; 68K)',
    'Mozilla/4.08 (Macintosh; I; 68K, Nav)',
    'Mozilla/4.08 [en] (Win16; I ;Nav)',
    'Mozilla/4.0 (compatible; MSIE 5.0; Windows 3.1)',
    'Mozilla/4.0 (compatible; MSIE 4.0; Mac_68000)'
  ],
  'html4 true': [
    'iCab/Pre2.3 (Macintosh; I; PPC)',
    'iCab J/2.9.8 (Macintosh; J; PPC)',
    'Lynx/2.8 (compatible; iCab 2.9.8; Macintosh; U; PPC)',
    'Mozilla/4.0 (compatible; MSIE 5.0; Windows 98) Opera 5.12  [en]',
    'Opera/6.05 (Windows 98; U)  [en]',
    'Mozilla/4.5 (compatible; OmniWeb/4.1.1-v424.6; Mac_PowerPC)',
    'Mozilla/4.0 (compatible; MSIE 4.01; Windows 95)',
    'Mozilla/4.0 (compatible; MSIE 5.0; Mac_PowerPC)',
    'Mozilla/4.0 (compatible; MSIE 5.23; Mac_PowerPC)',
    'Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)',
    'Mozilla/4.08 [en] (Win98; I)',
    'Mozilla/4.5 [de] (Macintosh; I; PPC)',
    'Mozilla/4.79 [en] (X11; U; Linux 2.4.2 i686)'
  ],
  'pda pda160': [
    'Mozilla/2.0 (compatible; Elaine/1.1)',
    'Mozilla/4.0 (compatible; MSIE 6.0; Windows 95; PalmSource; Blazer 3.0) 16;160x160',
    'Mozilla/3.0 (compatible; AvantGo 3.2)',
    'Mozilla/1.22 (compatible; MSIE 5.01; PalmOS 3.0) EudoraWeb 2.1',
    'Mozilla/1.1 (compatible; MSPIE 2.0; Windows CE)',
    'HandHTTP 1.1',
    'Xiino/1.0.9E [en] (v. 4.1; 153x130; g4)',
    'DoCoMo/1.0/P502i',
    'portalmmm/2.0 N400i(c20;TB)',
    'UP.Browser/3.1-UPG1 UP.Link/3.2'
  ],
  'pda pda240': [
    'Mozilla/2.0 (compatible; MSIE 3.02; Windows CE; 240x320)',
    'Mozilla/4.0 (compatible; MSIE 4.01; Windows CE; PPC; 240x320)'
  ],
  'nav1 col256': [
    'Opera/2.12 (Windows 3.1; US)',
    'MacWeb/2.0',
    'Cyberdog/2.0 (Macintosh; 68k)',
    'NCSA_Mosaic/3.0.0 (Windows 95)',
    'NCSA Mosaic(tm)/3.0b4 (Windows x86)',
    'IBM-WebExplorer-DLL/v1.03',
    'IBM WebExplorer DLL /v980831',
    'Arena/0.3.62 libwww/5.0a',
    'Grail/0.6',
    'Chimera/2.0alpha',
    'ArcWeb/1.97 (RISC OS)',
    'ANTFresco/1.20',
    'HotJava/1.1.2 FCS',
    'IBrowse/1.22',
    'AmigaVoyager/2.95 (compatible; MC68K; AmigaOS)',
    'OmniWeb/2.7-beta-3 OWF/1.0',
    'xChaos_Arachne/4.1.70;GPL',
    'DR-WebSpyder/2.1',
    'CAB/1.5',
    'Mozilla/1.22 (compatible; MSIE 1.5; Windows NT)',
    'Mozilla/1.22 (compatible; MSIE 2.0; Windows 95)',
    'Mozilla/1.22 (compatible; MSIE 2.1; Mac_PowerPC)',
    'Mozilla/1.1N (Macintosh; I; 68K)',
    'Mozilla/1.12 (Macintosh; I; PPC)',
    'Mozilla/1.1N (X11; I; SunOS 5.4 sun4m)',
    'Mozilla/1.22 (Windows; I; 16bit)',
    'Mozilla/2.02 (Macintosh; I; 68K)',
    'Mozilla/2.01 (Win16; I)',
    'Mozilla/2.0 (X11; I; IRIX 5.3 IP22)'
  ],
  'nav3 col256': [
    'Mozilla/4.0 (compatible; Opera/3.0; Windows 4.10) 3.51 [en]',
    'Mozilla/4.0 (Windows 4.10;US) Opera 3.60  [en]',
    'NetPositive/2.2.1 (BeOS)',
    'Mozilla/3.0 (compatible; NetPositive/2.2)',
    'HotJava/3.0',
    'Amiga-AWeb/3.4.167SE',
    'IBrowse/2.3 (AmigaOS 3.9)',
    'Mozilla/5.0 (compatible; IBrowse 2.4; AmigaOS 3.9; 68K)',
    'AmigaVoyager/3.2 (AmigaOS/MC680x0)',
    'Mozilla/3.04 (compatible; ANTFresco/2.13; RISC OS 4.02)',
    'Mozilla/1.10 [en] (Compatible; RISC OS 3.70; Oregano 1.10)',
    'OmniWeb/3.0',
    'HighWire/0.3.3 (Atari)',
    'CAB/2.8',
    'Mozilla/2.0 (compatible; MSIE 3.02; Windows 95)',
    'Mozilla/2.0 (compatible; MSIE 3.01; AOL 3.0; Mac_68000)',
    'Mozilla/2.0 (Compatible; AOL-IWENG 3.0; Win16)',
    'Mozilla/3.04 (Macintosh; I; 68K)',
    'Mozilla/3.01 (Macintosh; I; PPC)',
    'Mozilla/3.01Gold (Win95; I)',
    'Mozilla/3.0 (X11; I; OSF1 V4.0 alpha)'
  ],
  'nav3 pda240': ['Mozilla/2.0 (compatible; MSIE 3.02; Windows CE)'],
  'nav1 tv544': ['Mozilla/3.0 WebTV/1.2 (compatible; MSIE 2.0)'],
  'nav3 tv544': ['Mozilla/4.0 WebTV/2.6 (compatible; MSIE 4.0)'],
  'nav1 tv640': [
    'Mozilla/3.0 (Planetweb/v1.07 Build 141 SPORTS)',
    'Mozilla/3.0 (DreamPassport/3.0)',
    'Mozilla/3.0 (DreamKey/2.0)',
    'Mozilla/3.0 (SonicKey/1.0)',
    'Mozilla/2.0 (Aplix_SEGASATURN_browser/2.0)'
  ],
  'lite true': [
    'iCab/3.0.5 (Macintosh; U; PPC Mac OS X)',
    'Opera/9.80 (Windows NT 5.1; U; en) Presto/2.10.289 Version/12.02',
    'Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; en) Opera 8.50',
    'Dillo/3.0.5',
    'Mozilla/4.0 (compatible; Dillo 2.2)',
    'NetSurf/3.10 (Linux)',
    'Mozilla/5.0 (Macintosh; U; PPC; en-US; rv:0.9.9) Gecko/20020311',
    'Mozilla/5.0 (Macintosh; U; PPC; en-US; rv:1.3.1) Gecko/20030723 Classilla/CFM',
    'Mozilla/5.0 (Macintosh; U; PPC Mac OS X; en-US; rv:1.0.1) Gecko/20021216 Chimera/0.6',
    'Mozilla/5.0 (compatible; Konqueror/3.5; Linux) KHTML/3.5.5 (like Gecko)',
    'Links (2.28; Linux 6.1 x86_64; GNU C 12.2; x)',
    'amaya/5.1 libwww/5.3.1',
    'Mozilla/5.0 (Macintosh; U; PPC Mac OS X; en-us) AppleWebKit/85 (KHTML, like Gecko) Safari/85',
    'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Trident/4.0)',
    'Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Mozilla/5.0 (compatible; SomethingNew/1.0)'
  ],
  'cern text80': [
    'Lynx/2.2 libwww/2.14',
    'Lynx 2.3 BETA libwww/2.14',
    'CERN-LineMode/2.15 libwww/2.17',
    'WWWLineMode/1.2',
    'LineModeBrowser/3.1 libwww/3.1',
    'W3CLineMode/5.4.0 libwww/5.4.0',
    'tkWWW/0.9 libwww/2.14',
    'ViolaWWW/3.3',
    'MidasWWW/2.1',
    'WorldWideWeb/1.0 NeXT',
    'Cello/1.01a'
  ],
  'cern mono512': ['MacWWW/1.03', 'Samba/1.03'],
  'text text80': [
    'DOSLynx/0.8a libwww/2.14',
    'NetTamer/1.13',
    'Wannabe (Macintosh; 68K)',
    'Lynx/2.4.2 libwww-FM/2.14',
    'Lynx/2.8.4rel.1 libwww-FM/2.14',
    'Lynx/2.9.0dev.12 libwww-FM/2.14 SSL-MM/1.4.1 GNUTLS/3.7.8',
    'w3m/0.5.3+git20230121',
    'Links (0.98; Unix)',
    'ELinks/0.13.2 (textmode; Linux 6.1 x86_64; -)',
    'Emacs-W3/4.0pre.46 URL/p4.0pre.46 (i686-pc-linux; X11)',
    'retawq/0.2.6c [en] (text)'
  ],
  'cern col256': ['NCSA Mosaic for the X Window System/1.2  libwww/2.09', 'NCSA_Mosaic/1.0 (Macintosh)'],
  'mosaic col256': [
    'NCSA_Mosaic/2.7b5 (X11;SunOS 5.4 sun4m)  libwww/2.12 modified',
    'NCSA Mosaic for the X Window System/2.4  libwww/2.12 modified',
    'NCSA Mosaic/2.0.0b4 (Windows x86)',
    'NCSA_Mosaic/2.0.1 (Macintosh)',
    'Enhanced_Mosaic/2.10.17S Win32 Spyglass/5',
    'AIR_Mosaic(16bit)/v3.09.05.08',
    'SPRY_Mosaic(16bit)/v7.38',
    'PRODIGY-WB/1.5e',
    'aolbrowser/1.1 InterCon-Web-Library/1.2',
    'NetCruiser/V2.00',
    'GNNworks/v1.2.0',
    'InternetWorks/1.0',
    'WinWeb/1.0 A2',
    'Chimera/1.65',
    'Microsoft Internet Explorer/4.40.308 (Windows 95)',
    'Mozilla/0.96 Beta (Windows)',
    'Mozilla/1.0N (Windows)',
    'SomethingElse/1.0',
    'curl/8.0'
  ],
  'mosaic mono512': ['MacWeb/1.00ALPHA3', 'MacWeb/0.98']
}

t.test('every browser gets its profile and display', async t => {
  const used = new Set<string>()
  for (const [expected, agents] of Object.entries(AGENTS)) {
    for (const agent of agents) {
      const { profile, display, why } = identify({ headers: { 'user-agent': agent }, simple: false }, rules, {})
      t.equal(`${profile.id} ${display.id}`, expected, agent)
      t.ok(why.includes(agent), 'and is told why')
      const rule = rules.clients.find(rule => rule.match.test(agent))
      if (rule !== undefined) used.add(rule.name)
    }
  }
  for (const rule of rules.clients) {
    for (const agent of rule.examples) {
      t.equal(rules.clients.find(rule => rule.match.test(agent))?.name, rule.name, agent)
      used.add(rule.name)
    }
  }
  for (const { name } of rules.clients) t.ok(used.has(name), `the rule "${name}" decides for somebody`)
  t.equal(new Set(rules.clients.map(({ name }) => name)).size, rules.clients.length, 'each rule has a name of its own')
  t.ok(Object.values(AGENTS).flat().length >= 87)
})

t.test('an image of unknown size has a box, and keeps its shape and its size if that is smaller', t => {
  const client = identify({ headers: { 'user-agent': 'Mozilla/3.01 (Macintosh; I; 68K)' }, simple: false }, rules, {})
  const exact = { width: 150, height: 150, atMost: true } as const
  const options = imageOptionsFor(client, {} as ImageLimits, { exact })
  t.match(options, { maxWidth: 150, maxHeight: 150, exact: undefined })
  t.match(imageOptionsFor(client, {} as ImageLimits, { exact, zoom: '2' }), { maxWidth: 150 })
  t.end()
})

t.test('who has a fast line gets longer pages with more and larger images', t => {
  const asking = { headers: { 'user-agent': 'Mozilla/3.01 (Macintosh; I; 68K)' }, simple: false }
  const [modem, fast] = [identify(asking, rules, {}).display, identify(asking, rules, { speed: 'fast' }).display]
  t.match([modem.pageBytes, fast.pageBytes], [49_152, undefined])
  t.ok(fast.imageBytes! > modem.imageBytes! && fast.pageImageBytes! > modem.pageImageBytes!)
  t.equal(fast.width, modem.width)
  t.end()
})

t.test('photographs are JPEGs for machines that are known to be fast, and by choice', t => {
  const formats = (agent: string, colours?: Choices['colours']) =>
    imageOptionsFor(identify({ headers: { 'user-agent': agent }, simple: false }, rules, {}), {} as ImageLimits, {
      colours
    }).formats
  for (const agent of [
    'Mozilla/4.05 (Macintosh; I; 68K, Nav)',
    'Mozilla/3.04 (Win16; I)',
    'Mozilla/3.04 (Win95; I)',
    'Mozilla/4.0 (compatible; MSIE 5.0; Windows 3.1)',
    'Mozilla/4.61 [en] (X11; I; Linux 2.0.36 i486)',
    'NetSurf/3.10 (AmigaOS; 68k)',
    'AmigaVoyager/2.95 (compatible; MC68K; AmigaOS)',
    'IBrowse/2.3 (AmigaOS 3.9; 68K)',
    'xChaos_Arachne/5.1.89;GPL,386+',
    'Mozilla/5.0 (compatible; IBrowse 2.4; AmigaOS 3.9; 68K)',
    'NCSA Mosaic for the X Window System/2.6  libwww/2.12 modified'
  ]) {
    t.notOk(formats(agent).includes('jpeg'), `${agent}: GIF`)
    t.ok(formats(agent, 'jpeg').includes('jpeg'), `${agent}: JPEG by choice`)
    t.notOk(formats(agent, '16').includes('jpeg'))
  }
  for (const agent of ['Mozilla/4.08 [en] (Win98; I)', 'Mozilla/4.7 (Macintosh; I; PPC)', 'Mozilla/3.0 WebTV/2.5'])
    t.ok(formats(agent).includes('jpeg'), `${agent}: JPEG`)
  t.notOk(formats('MicroWeb/2.1', 'jpeg').includes('jpeg'), 'not where the browser draws none')
  t.end()
})

t.test('what single clients get beside their profile', async t => {
  const of = (agent: string) => identify({ headers: { 'user-agent': agent }, simple: false }, rules, {}).profile
  t.strictSame(of('MicroWeb/2.1').images.formats, ['gif'])
  t.equal(of('Mozilla/2.0 (Win16; I)').images.animation, true)
  t.equal(of('Mozilla/1.22 (Windows; I; 16bit)').images.animation, false)
  t.match(
    of('Mozilla/3.04 (Macintosh; I; 68K)').text,
    { references: true, macSafe: true },
    'a Macintosh lacks characters of Latin-1'
  )
  t.match(
    of('Mozilla/3.01 (Win95; I)').text,
    { references: false, macSafe: false },
    'bytes are right where the page font is Latin-1'
  )
  t.match(of('MicroWeb/0.2 (DOS)').text, { references: true, macSafe: false }, 'DOS has other bytes for these letters')
  for (const agent of [
    'Mozilla/0.96 (Macintosh)',
    'Mozilla/4.08 (Macintosh; I; PPC)',
    'Mozilla/1.22 (compatible; MSIE 2.1; Mac_PowerPC)',
    'NCSA_Mosaic/2.0.1 (Macintosh)',
    'iCab/2.9.9 (Macintosh; U; PPC)',
    'Samba/1.03'
  ])
    t.equal(of(agent).text.macSafe, true, agent)
  for (const agent of [
    'Mozilla/5.0 (compatible; IBrowse 2.4; AmigaOS 3.9; 68K)',
    'AmigaVoyager/2.95 (compatible; MC68K; AmigaOS)'
  ])
    t.equal(of(agent).text.macSafe, false, `${agent}: an Amiga has them`)
  for (const agent of ['Lynx/2.4.2 libwww-FM/2.14', 'Emacs-W3/4.0pre.46'])
    t.equal(of(agent).text.charset, 'us-ascii', agent)
  t.equal(of('Lynx/2.8.4rel.1').text.charset, 'utf-8')
  t.match(
    [of('Mozilla/1.22 (Windows; I; 16bit)'), of('MacWeb/2.0')].map(({ cookies }) => cookies),
    ['own', 'jar']
  )
  t.match(
    [of('Mozilla/2.0 (Win16; I)'), of('Mozilla/1.1N (X11)')].map(({ forms }) => forms.upload),
    [true, false]
  )
  t.strictSame(of('Mozilla/1.0N (Windows)').images.formats, ['gif', 'jpeg'])
  t.equal(of('DOSLynx/0.8a').text.charset, 'us-ascii')
  for (const agent of [
    'MicroWeb/2.1',
    'Mozilla/2.0 (compatible; MSIE 1.5; Windows NT)',
    'Lynx/2.5 libwww-FM/2.14',
    'Opera/2.12',
    'MacWeb/2.0',
    'Contiki/1.0',
    'unknown'
  ])
    t.equal(of(agent).cookies, 'jar', `${agent} has no cookies of its own`)
  for (const agent of [
    'Mozilla/3.01 (Win95; I)',
    'Lynx/2.8.4rel.1 libwww-FM/2.14',
    'xChaos_Arachne/4.1.66',
    'Dillo/0.8.6'
  ])
    t.equal(of(agent).cookies, 'own', agent)
  t.equal(
    identify({ headers: { 'user-agent': 'MicroWeb/2.1' }, simple: false }, rules, { profile: 'nav3' }).profile.cookies,
    'jar',
    'whatever pages are chosen for it'
  )
})

t.test('headers say more than the name', async t => {
  const of = (headers: IncomingHttpHeaders, simple = false) => identify({ headers, simple }, rules, {})
  const named = (headers: IncomingHttpHeaders, simple = false): string => {
    const { profile, display } = of(headers, simple)
    return `${profile.id} ${display.id}`
  }
  const nav3 = 'Mozilla/3.04 (Win95; I)'
  t.equal(named({}), 'mosaic col256', 'nothing said')
  t.equal(named({ 'user-agent': '' }), 'mosaic col256')
  t.equal(named({ 'user-agent': nav3 }, true), 'cern col256', 'HTTP/0.9')
  t.equal(
    named({ 'user-agent': nav3, extension: 'Notify-Domain-Restriction' }),
    'mosaic col256',
    'Mosaic with a false name'
  )
  t.equal(named({ extension: 'Security/Digest' }), 'mosaic col256', 'Spyglass')
  t.equal(named({ 'user-agent': nav3, extension: 'Other' }), 'nav3 col256')

  const ce = 'Mozilla/2.0 (compatible; MSIE 3.02; Windows CE)'
  t.match(of({ 'user-agent': ce, 'ua-pixels': '640x240', 'ua-color': 'mono4' }).display, { id: 'grey16', width: 620 })
  t.match(
    of({ 'user-agent': ce, 'ua-pixels': '240x320', 'ua-color': 'mono2' }),
    { profile: { id: 'pda' }, display: { id: 'grey4', width: 224 } },
    'a small one'
  )
  t.match(of({ 'user-agent': ce, 'ua-pixels': '640x480', 'ua-color': 'mono' }).display, { id: 'mono640', width: 620 })
  t.match(of({ 'user-agent': ce, 'ua-color': 'color4' }).display, { id: 'col16' })
  t.match(of({ 'user-agent': ce, 'ua-pixels': '1024x768', 'ua-color': 'color16' }).display, {
    id: 'pda240',
    width: 1004
  })
  t.match(
    of({ 'user-agent': 'Mozilla/2.0 (compatible; MSIE 3.01; Mac_PowerPC)', 'ua-pixels': '512x342', 'ua-color': 'mono' })
      .display,
    { id: 'mono512', width: 492 },
    'a compact Macintosh'
  )
  t.match(
    of({ 'user-agent': 'Mozilla/2.0 (compatible; MSIE 3.0)', 'ua-os': 'MacOS' }).profile.text.macSafe,
    true,
    'a Macintosh by UA-OS'
  )
  t.match(
    of({
      'user-agent': 'Mozilla/2.0 (compatible; MSIE 3.02; PPC)',
      'ua-os': 'Windows CE (Pocket PC) - Version 3.0',
      'ua-pixels': '240x320'
    }).profile.id,
    'pda',
    'Windows CE by UA-OS'
  )
  t.match(
    of({ 'user-agent': 'Mozilla/4.0 (compatible; MSIE 6.0; Windows 95; PalmSource; Blazer 3.0) 16;160x160' }).display,
    { id: 'pda160', width: 150 },
    'pixels in the name'
  )
  t.match(of({ 'user-agent': 'xChaos_Arachne/5.1.70;GPL (DOS; 800x600,HiColor; www.arachne.cz)' }).display, {
    id: 'col256',
    width: 780
  })
  for (const pixels of ['', 'x', '0x0', '99999x1', '640', '640x480x8', '-1x5'])
    t.match(of({ 'user-agent': ce, 'ua-pixels': pixels }).display, { id: 'pda240', width: 224 }, `UA-pixels: ${pixels}`)
  t.equal(of({ 'user-agent': ce, 'ua-pixels': '10x10' }).display.width, 100, 'no screen is narrower')

  const images = (headers: IncomingHttpHeaders) => of(headers).profile.images
  t.strictSame(images({ 'user-agent': nav3, accept: 'image/gif, image/x-xbitmap, image/jpeg, image/pjpeg, */*' }), {
    ...images({ 'user-agent': nav3 }),
    progressive: true
  })
  t.strictSame(
    images({ 'user-agent': nav3, accept: 'image/gif, image/x-xbitmap' }).formats,
    ['gif'],
    'no JPEG in what it takes'
  )
  t.strictSame(images({ 'user-agent': nav3, accept: '*/*' }).formats, ['gif', 'jpeg'], 'nothing said of images')
  t.strictSame(images({ 'user-agent': nav3, accept: 'image/gif, image/png, image/jpeg' }).formats, [
    'gif',
    'jpeg',
    'png'
  ])
  const mosaic = 'NCSA_Mosaic/2.7b6 (X11;Linux 2.0 i586)  libwww/2.12 modified'
  t.strictSame(
    images({
      'user-agent': mosaic,
      extension: 'Notify-Domain-Restriction',
      accept: 'image/gif, image/jpeg, image/png, image/x-png'
    }),
    { ...images({ 'user-agent': mosaic }), formats: ['gif', 'jpeg'] },
    'Mosaic says PNG, and draws it badly'
  )
  t.strictSame(images({ extension: 'Notify-Domain-Restriction' }).formats, ['gif'], 'a Mosaic of unknown age')
})

t.test('what a person chose beats what the browser says', async t => {
  const headers = { 'user-agent': 'Mozilla/3.04 (Win95; I)', 'ua-pixels': '320x240' }
  t.match(identify({ headers, simple: false }, rules, { profile: 'lite' }), {
    profile: { id: 'lite' },
    display: { width: 300 },
    why: 'it was chosen in the settings'
  })
  t.match(identify({ headers, simple: false }, rules, { display: 'mono512' }), {
    profile: { id: 'nav3', images: { formats: ['gif'] } },
    display: { id: 'mono512', width: 500 }
  })
  t.match(
    identify({ headers, simple: false }, rules, { profile: 'gone', display: 'gone' }),
    { profile: { id: 'nav3' }, display: { width: 300 } },
    'a profile that is no more'
  )
  const before = JSON.stringify([...rules.profiles])
  identify({ headers: { ...headers, accept: 'image/gif' }, simple: false }, rules, { display: 'mono512' })
  t.equal(JSON.stringify([...rules.profiles]), before, 'the rules themselves never change')
})

t.test('the charset: by choice, else by Accept-Charset, else by the profile', async t => {
  const mac = { 'user-agent': 'Mozilla/3.04 (Macintosh; I; PPC)' }
  const text = (headers: IncomingHttpHeaders, charset?: string) =>
    identify({ headers, simple: false }, rules, charset === undefined ? {} : { charset }).profile.text
  t.strictSame(text(mac), {
    charset: 'iso-8859-1',
    references: true,
    escapes: true,
    nameCharset: 'foreign',
    macSafe: true
  })
  t.strictSame(
    text({ ...mac, 'accept-charset': 'x-mac-roman' }),
    { charset: 'x-mac-roman', references: false, escapes: true, nameCharset: 'foreign', macSafe: true },
    'bytes take the place of references'
  )
  t.match(text({ ...mac, 'accept-charset': 'koi8-r' }, 'iso-8859-2'), { charset: 'iso-8859-2' })
  t.match(
    text({ ...mac, 'accept-charset': 'koi8-r' }, 'iso-8859-1'),
    { charset: 'iso-8859-1', references: true },
    'what is usual may be chosen'
  )
  t.match(text({ ...mac, 'accept-charset': 'koi8-r' }, 'gone'), { charset: 'koi8-r' }, 'a charset that is no more')
})

t.test('settings of one machine', async t => {
  const store = openMemory()
  const settings = createPersonalSettings(store)
  settings.save('10.0.0.1', { profile: 'tiny' })
  t.strictSame(settings.of('10.0.0.1'), { profile: 'tiny' })
  t.strictSame(settings.of('10.0.0.2'), {}, 'another machine has its own')
  t.match(settings.token('10.0.0.1'), /^[0-9a-f]{16}$/)
  t.not(settings.token('10.0.0.1'), settings.token('10.0.0.2'))
  t.equal(settings.isToken('10.0.0.1', settings.token('10.0.0.1')), true)
  for (const token of [
    settings.token('10.0.0.2'),
    '',
    'x',
    'x'.repeat(16),
    'é'.repeat(16),
    '€'.repeat(16),
    `${settings.token('10.0.0.1')}0`
  ])
    t.equal(settings.isToken('10.0.0.1', token), false, `token ${token}`)
  t.equal(createPersonalSettings(store).token('10.0.0.1'), settings.token('10.0.0.1'), 'the secret is kept')
  let now = Date.UTC(2026, 5, 1, 23, 59)
  const later = createPersonalSettings(store, () => now)
  const old = later.token('10.0.0.1')
  now += 24 * 3600 * 1000
  t.equal(later.isToken('10.0.0.1', old), true, 'a form that was open over midnight')
  t.not(later.token('10.0.0.1'), old, 'but the next one has another')
  now += 24 * 3600 * 1000
  t.equal(later.isToken('10.0.0.1', old), false, 'and after two days it is worth nothing')
  t.not(createPersonalSettings(openMemory()).token('10.0.0.1'), settings.token('10.0.0.1'), 'and is this proxy’s own')
})

t.test('clients that come again are the same, and nobody is taken for another', async t => {
  const again = createIdentify(rules)
  const sent: IncomingHttpHeaders = {
    'user-agent': 'Mozilla/4.0 (compatible; MSIE 5.0; Mac_PowerPC)',
    accept: 'image/gif, image/jpeg, */*',
    'ua-os': 'MacOS',
    'ua-pixels': '800x600',
    'ua-color': 'color8',
    'accept-charset': 'iso-8859-2',
    extension: 'none'
  }
  const asked = [
    { headers: sent, simple: false, chosen: {} },
    ...Object.keys(sent).map(name => ({ headers: { ...sent, [name]: 'mono2' }, simple: false, chosen: {} })),
    ...Object.keys(sent).map(name => ({ headers: { ...sent, [name]: undefined }, simple: false, chosen: {} })),
    { headers: sent, simple: true, chosen: {} },
    { headers: sent, simple: false, chosen: { profile: 'mosaic' } },
    { headers: sent, simple: false, chosen: { display: 'mono512' } },
    { headers: sent, simple: false, chosen: { charset: 'koi8-r' } },
    { headers: { ...sent, 'user-agent': `Mozilla/4.0 ${'(x)'.repeat(1000)}` }, simple: false, chosen: {} }
  ]
  for (let time = 0; time < 2; time++)
    for (const { headers, simple, chosen } of asked)
      t.strictSame(again({ headers, simple }, chosen), identify({ headers, simple }, rules, chosen))
  const other: IncomingHttpHeaders = { ...sent, cookie: 'other' }
  t.equal(again(asked[0]!, {}), again({ headers: other, simple: false }, {}), 'found, not made')
})
