import { CHARSETS } from '../charset/charsets.js'
import { imageChoiceOf, readChoices } from '../clients/read-choices.js'
import { identify, type Client } from '../clients/identify.js'
import type { ClientRules } from '../clients/rules.js'
import type { Choices, PersonalSettings } from '../clients/settings.js'
import type { News } from '../news/news.js'
import type { CookieJars } from '../origin/cookies/cookie-jars.js'
import { addHints } from '../page/addresses/address-hints.js'
import { frame, html, type Html } from './html.js'
import { ownEdition } from './news.js'
import type { PortalPage, PortalRequest } from './page.js'

interface SettingsServices {
  readonly rules: ClientRules
  readonly settings: PersonalSettings
  readonly jars: CookieJars
  readonly news: News
}

type Option = readonly [value: string, label: string]

interface Question {
  /** Of the form field */
  readonly name: string
  readonly title: string
  readonly options: readonly Option[]
  readonly chosen: string
}

const DEFAULT: Option = ['', 'as set for this proxy']
const SHOWN: readonly Option[] = [DEFAULT, ['on', 'yes'], ['off', 'no']]

/** A longer address is not repeated for every profile. Characters. */
const FROM_LENGTH = 200

/** The choice of whatever the browser says about itself. */
const automatic = (what: string): Option => ['', `automatic: ${what}`]

/** THE LIST of questions, in the order of the form; the answers are read by readChoices. */
function questionsOf({ arrived }: PortalRequest, rules: ClientRules, choices: Choices): readonly Question[] {
  const detected = identify(arrived, rules, {})
  return [
    ...clientQuestions(detected, rules, choices),
    ...pageQuestions(choices),
    cookieQuestion(detected, choices),
    ...lineQuestions(choices)
  ]
}

/** What the browser and its screen are. */
function clientQuestions({ profile, display }: Client, rules: ClientRules, choices: Choices): readonly Question[] {
  return [
    {
      name: 'profile',
      title: 'Browser',
      chosen: choices.profile ?? '',
      options: [automatic(profile.title), ...[...rules.profiles.values()].map(({ id, title }) => [id, title] as const)]
    },
    {
      name: 'display',
      title: 'Screen',
      chosen: choices.display ?? '',
      options: [automatic(display.title), ...[...rules.displays.values()].map(({ id, title }) => [id, title] as const)]
    },
    {
      name: 'charset',
      title: 'Text',
      chosen: choices.charset ?? '',
      options: [
        automatic(profile.text.charset),
        ...CHARSETS.map(({ name, title }) => [name.toLowerCase(), title] as const)
      ]
    }
  ]
}

/** How pages are shown. */
function pageQuestions(choices: Choices): readonly Question[] {
  return [
    {
      name: 'images',
      title: 'Images',
      chosen: imageChoiceOf(choices),
      options: [
        DEFAULT,
        ['inline', 'in the page'],
        ['mono', 'black and white'],
        ['16', '16 colours'],
        ['256', '256 colours'],
        ['jpeg', 'photographs as JPEG (a fast machine)'],
        ['sent', 'as the site sends them'],
        ['links', 'as numbered links'],
        ['off', 'none']
      ]
    },
    {
      name: 'speed',
      title: 'Line',
      chosen: choices.speed ?? '',
      options: [
        ['', 'a modem'],
        ['fast', 'a fast one (larger images)']
      ]
    },
    {
      name: 'first',
      title: 'Show first',
      chosen: choices.first ?? '',
      options: [
        ['', 'the page'],
        ['reader', 'the article alone, if it is one']
      ]
    },
    {
      name: 'parts',
      title: 'Long pages',
      chosen: choices.parts ?? '',
      options: [DEFAULT, ['on', 'in parts'], ['off', 'in one piece']]
    }
  ]
}

function cookieQuestion({ profile }: Client, choices: Choices): Question {
  return {
    name: 'cookies',
    title: 'Cookies',
    chosen: choices.cookies ?? '',
    options: [
      automatic(profile.cookies === 'own' ? 'the browser keeps them' : 'the proxy keeps them'),
      ['own', 'the browser keeps them'],
      ['jar', 'the proxy keeps them'],
      ['off', 'none']
    ]
  }
}

/** What stands in the line that each page has of us. */
function lineQuestions(choices: Choices): readonly Question[] {
  return [
    {
      name: 'line',
      title: 'Original source line',
      chosen: choices.originalSource ?? '',
      options: [DEFAULT, ['bottom', 'at the foot'], ['top', 'at the top'], ['off', 'nowhere']]
    },
    { name: 'feeds', title: 'in it: feeds of the page', chosen: choices.feedLinks ?? '', options: SHOWN },
    { name: 'archive', title: 'in it: archive copy', chosen: choices.archiveLink ?? '', options: SHOWN },
    { name: 'figures', title: 'in it: bytes and requests', chosen: choices.figures ?? '', options: SHOWN }
  ]
}

/** What the words of a longer list mean is not said: the names of charsets are known by those who need them. Words. */
const MOST_MEANINGS = 20

/** The words that can be typed into a field, with what each means; nothing typed is the first choice. */
function meanings([first, ...words]: readonly Option[]): string {
  const said = ([word, meaning]: Option): string => `${word === '' ? 'empty' : word} = ${meaning}`
  const named = words.map(option => (words.length > MOST_MEANINGS ? option[0] : said(option)))
  return [...(first === undefined ? [] : [said(first)]), ...named].join('; ')
}

/**
 * A menu of choices; a browser without menus and buttons to check (Contiki) types the word, in a field that takes no
 * more characters than it is wide.
 */
function field({ name, title, options, chosen }: Question, hasMenus: boolean): Html {
  if (!hasMenus) {
    const words = options.map(([value]) => value).filter(value => value !== '')
    const size = Math.max(...words.map(word => word.length))
    return html`<p>${title}: <input name="${name}" value="${chosen}" size="${size}"><br>${meanings(options)}</p>`
  }
  return html`<p>${title}: <select name="${name}">${options.map(([value, label]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`)}</select></p>`
}

/** What the form is filled with. */
interface Filled {
  readonly choices: Choices
  readonly token: string
}

function form(request: PortalRequest, rules: ClientRules, { choices, token }: Filled): Html {
  const {
    portal,
    client: { profile }
  } = request
  // A person whose browser gets pages without forms needs a way to another profile.
  if (!profile.forms.show)
    return html`<p>Your browser gets pages without forms. Show it pages for:</p><ul>${[...rules.profiles.values()].map(({ id, title }) => html`<li><a href="${portal}/settings?token=${token}&profile=${id}">${title}</a>`)}<li><a href="${portal}/settings?token=${token}">what it says it is</a></ul>`
  const hasMenus = profile.elements.SELECT !== undefined
  return html`<form action="${portal}/settings" method="get"><input type="hidden" name="token" value="${token}">${questionsOf(request, rules, choices).map(question => field(question, hasMenus))}<p><input type="submit" name="save" value="Save"></p></form>`
}

/** Links to the page that the person came from, converted once for another browser. */
function once({ from }: PortalRequest, rules: ClientRules): Html | string {
  if (from === undefined || from.length > FROM_LENGTH || !/^http:\/\/[\w.-]+(:\d+)?\/[^\s"'<>]*$/.test(from)) return ''
  return html`<p>Show <a href="${from}">the page you came from</a> once, as made for: ${[...rules.profiles.keys()].map(profile => html`<a href="${addHints(from, { profile })}">${profile}</a> `)}</p>`
}

function kept({ portal, personKey, client }: PortalRequest, jars: CookieJars, token: string): Html | string {
  const { cookies, sites } = jars.count(personKey)
  if (cookies === 0) return ''
  const address = `${portal}/settings`
  return html`<p>The proxy keeps ${cookies} ${cookies === 1 ? 'cookie' : 'cookies'} of ${sites} ${sites === 1 ? 'site' : 'sites'} for you. ${
    client.profile.forms.show
      ? html`<form action="${address}" method="get"><input type="hidden" name="token" value="${token}"><input type="hidden" name="forget" value="cookies"><input type="submit" name="delete" value="Delete them all"></form>`
      : html`<a href="${address}?token=${token}&forget=cookies">Delete them all</a>`
  }`
}

/** Does what the form asks for, if it is our own form; returns what is said about it. */
function carryOut({ query, personKey }: PortalRequest, { settings, jars, rules }: SettingsServices): Html | string {
  if (!query.has('token')) return ''
  if (!settings.isToken(personKey, query.get('token') ?? ''))
    return html`<p><b>Not saved.</b> Please send this form again.</p>`
  if (query.get('forget') === 'cookies') {
    jars.clear(personKey)
    return html`<p><b>Your cookies were deleted.</b></p>`
  }
  const { edition } = settings.of(personKey)
  // The edition of the news is chosen on another page, and kept here.
  settings.save(personKey, {
    ...readChoices(Object.fromEntries(query), rules),
    ...(edition === undefined ? {} : { edition })
  })
  return html`<p><b>Saved.</b> Pages that your browser has in its cache change when you reload them.</p>`
}

/** The settings of a person: a form without script or cookies, kept by the address of the machine. */
export const settings: PortalPage<SettingsServices> = (request, services) => {
  const { clientAddress, portal, personKey } = request
  const { settings, rules, jars, news } = services
  const done = carryOut(request, services)
  const token = settings.token(personKey)
  return {
    page: frame(
      'Settings',
      html`
<h1>Settings</h1>
${done}<p>For ${clientAddress}. <a href="${portal}/">Home page</a></p>
${once(request, rules)}
${form(request, rules, { choices: settings.of(personKey), token })}
<p>News: ${ownEdition(request, news).name} Edition <a href="${portal}/editions">(Change)</a></p>
${kept(request, jars, token)}`
    )
  }
}
