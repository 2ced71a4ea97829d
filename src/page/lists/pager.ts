import { elements, textStart, type Element } from '../tree/tree.js'

/** What leads from page to page of a list or a thread, in the languages that sites have most. */
const STEPS =
  /previous|prev|next|older|newer|vorherige|zurück|nächste|weiter|précédente?|suivante?|anterior|siguiente|próxim[ao]|precedente|successiv[ao]|vorige|volgende|poprzedni[ae]?|następn[aey]|föregående|nästa|forrige|neste|næste|předchozí|další|предыдущ(ая|ий|ие)|следующ(ая|ий|ие)|назад|вперед|önceki|sonraki|前へ|次へ|上一[页頁]|下一[页頁]/giu
const WORDS =
  /first|last|current|pages?|posts?|topics?|number|jump|go|to|you['’]re on|of|erste|letzte|seite|première|dernière|primera?|última|página|eerste|laatste|pagina|prima|ultima/giu
/** A longer text says more. Characters. */
const MOST_CHARACTERS = 120
/** A longer text names more than what comes before and after. Characters. */
const MOST_NAMED = 250
/** White space of the source may stand between. Characters. */
const MOST_READ = 1000
const LEAST_LINKS = 2

/**
 * Whether all that an element says leads to other pages of the same list or thread: "First", "Prev", "1", "2", "Next".
 */
export function isPager(element: Element): boolean {
  const read = textStart(element, MOST_READ)
  const text = read.length > MOST_READ ? '' : read.replace(/\s+/g, ' ').trim()
  if (text === '' || text.length > MOST_CHARACTERS) return false
  const beside = text.replace(STEPS, '')
  const says = beside.length < text.length || /\d\D+\d/.test(text)
  return says && !/[\p{L}\p{Sc}]/u.test(beside.replace(WORDS, '')) && elements(element, 'a').length >= LEAST_LINKS
}

/** Whether an element leads to what comes before or after its page, by name: "Previous: Chapter 1". */
export function leadsOn(element: Element): boolean {
  const text = textStart(element, MOST_READ).replace(/\s+/g, ' ').trim()
  const links = text.length > MOST_NAMED ? 0 : elements(element, 'a').length
  return links > 0 && links <= 2 * LEAST_LINKS && new RegExp(STEPS).test(text)
}
