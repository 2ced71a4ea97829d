/** A longer text is no name, and no date. Characters. */
export const MOST_NAME = 40
export const MOST_WHEN = 60

/** A date as forums write it, with its time if that stands behind. */
export const DATE = new RegExp(
  String.raw`(\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]((19|20)\d\d|\d\d\b)|\d\d?\.? \p{L}{3,9}\.?,? \d{4}|\p{L}{3,9}\.? \d\d?(st|nd|rd|th)?(, ?| )'?(\d{4}|\d\d\b))(,?( at| @| -| :)? \d\d?:\d\d(:\d\d)?( ?[ap]m)?)?`,
  'iu'
)

/** Since when somebody is a member. */
export const JOINED =
  /\b(join(ed)?|regist\w*|member since|birth\w*|(mitglied|dabei) seit|(membre|inscrit) depuis|miembro desde|iscritto|membro desde|lid sinds)\b|регистрация|зарегистрирован/i

/** Behind the name of who wrote a comment. */
const SAYS =
  / (says|said|wrote|writes|sagt|sagte|schrieb|schreibt|meint|hat gesagt|hat geschrieben|a dit|a écrit|dit|dice|dijo|ha detto|ha scritto|disse|diz|zegt|schreef|pisze|napisał|napisała|mówi|säger|siger|sier|skrev|sanoi|píše|řekl|říká|пишет|говорит|λέει|είπε|dedi ki|diyor ki)$/
/** Before it; a word that may begin a name as well only in small letters. */
const BY =
  /^((posted |written |post |asked |answered )?by|(geschrieben|verfasst) von|(écrit|posté|publié) par|(escrito|enviado|publicado) por|(scritto|inviato) da|(skrivet|skrevet) a[vf]|(geschreven|geplaatst) door):? /i
const OF = /^(von|par|por|przez|od|av|af|door) /

const isName = (text: string): boolean =>
  text.length > 1 && text.length <= MOST_NAME && /\p{L}/u.test(text) && !DATE.test(text)

/** A name in a text, without "Posted by" before it and "says:" behind it; empty where it is none. */
export function nameOf(text: string): string {
  const name = text
    .trim()
    .replace(BY, '')
    .replace(OF, '')
    .replace(/ ?(?:[,:»|·•…]|\.\.\.)$/, '')
    .replace(SAYS, '')
  return isName(name) ? name : ''
}

/** The name before "says:" and nothing behind it; empty where a text is not that. */
export function speakerOf(text: string): string {
  const said = text.trim().replace(/ ?(?:[:…]|\.\.\.)$/, '')
  return SAYS.test(said) ? nameOf(said) : ''
}

/** Forums say of young posts how far back their day is, and when on it they were written. */
const RELATIVE =
  /\b(today|yesterday|heute|gestern|aujourd.hui|hier|hoy|ayer|oggi|ieri|vandaag|gisteren)\b.{0,6}\d\d?:\d\d/i

/** The moment that a short text names; empty where it names none. */
export const momentOf = (text: string): string => DATE.exec(text)?.[0] ?? RELATIVE.exec(text)?.[0] ?? ''

/** Who has written a post and when; empty where that is not told. */
export interface WhoWhen {
  readonly who: string
  readonly when: string
}

/** Between a name and a date: a mark, with the day of the week behind it, or the word for "on". */
const MARK_BETWEEN = String.raw` ?[·•|,:…»–—-]{1,3}(?: \p{L}{2,10}[.,]{0,2})?`
const WORD_BETWEEN = ' (?:am|on|le|il|el|em|op|den|dne|dnia)'
const BEFORE_DATE = new RegExp(`^(.{0,50}?[^\\s·•|,»–—-])(?:${MARK_BETWEEN}|${WORD_BETWEEN}) ?$`, 'u')
/** Behind it: the hour, and the way to an answer. */
const BEHIND_DATE =
  /^[,.]?(?: (?:um|at|à|a las|às|alle|om|kl\.?|o|v|в)? ?\d\d?(?:[:.]| ?h ?)\d\d(?: uhr)?)?[^\p{L}\p{N}]*(?:(?:reply|antworten|répondre|responder|rispondi|beantwoorden|odpowiedz|odpovědět|svara|svar|ответить|permalink|#\d{1,6})[^\p{L}\p{N}]*){0,2}$/iu

/** Such lines say what was done then, and not by whom. */
const NO_NAME =
  /\b(posts?|edited|updated|posted|published|written|geschrieben|veröffentlicht|verfasst|erstellt|eingestellt|aktualisiert|publié|publicado|pubblicato|geplaatst|skrivet|skrevet|datum|date|stand)\b/i

/** A name in front of a date, and next to nothing else: "Anna · 14.10.2009 09:12"; undefined for any other line. */
export function signedText(line: string): WhoWhen | undefined {
  if (line.length > 2 * (MOST_NAME + MOST_WHEN)) return undefined
  const date = DATE.exec(line)
  if (date === null || date.index < 1 || date.index > MOST_NAME + MOST_WHEN) return undefined
  const { 0: when, index: at } = date
  if (!BEHIND_DATE.test(line.slice(at + when.length))) return undefined
  const before = line.slice(0, at)
  const who = nameOf(BEFORE_DATE.exec(before)?.[1] ?? '') || speakerOf(before)
  return who === '' || JOINED.test(who) || NO_NAME.test(who) ? undefined : { who, when }
}
