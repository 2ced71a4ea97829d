import type { Block, Survey } from '../../content/blocks.js'

/** A longer text says something else too. Words. */
const MOST_WORDS = 60

/** What an entry is filed under, with the words that lead to others of that kind. */
const FILED =
  /^((filed (in|under)|posted (in|under)|tagged( with| as)?|(abgelegt|einsortiert|gespeichert|veröffentlicht|erschienen|verschlagwortet|getaggt) (unter|in|mit)|(classé|publié) dans|(archivado|publicado) (en|em)|(pubblicato|archiviato) in|geplaatst in|opublikowano w|(dieser|este|esta|cet|ce|questo|questa|dit|ten|detta) \p{L}{3,12} (wurde|foi|fue|a été|è stat[ao]|werd|został|publicerades|опубликована)( \p{L}{3,14}){0,2} (in|en|em|dans|w|i|в)|запись опубликована в)(?!\p{L})|((tags?|labels?|keywords|schlagwörter|schlagworte|schlagwort|stichwörter|stichworte|kategorien?|rubriken?|themen|étiquettes|mots[- ]clés|etiquetas|categorías?|etichette|trefwoorden|tagi|etykiety|etiketter|метки|теги|рубрики|mots-clés|タグ|标签)( (für|zu) (diesem|diesen|dieser) \p{L}{1,12}| zum \p{L}{1,12})? ?[:：]))/iu
/** So short a line of that kind says little besides, if it has a link. Words. */
const FILED_WORDS = 12
/** Where and when an entry was written and filed, as weblogs say it below each. */
const THIS_ENTRY =
  /^(this|dieser|diese|dieses) (entry|post|article|eintrag|beitrag|artikel|text|meldung) (was|is|wurde|ist)\b.{1,160}\b(?<!(?:cross|re)[- ])(posted|filed|tagged|abgelegt|verschlagwortet|getaggt|gespeichert|einsortiert|(veröffentlicht|geschrieben) (in|unter|am|von))/iu
/** Who has put an entry there, with the hour: below it, where it says nothing that does not stand above. */
const SIGNED =
  /^(eingestellt|gepostet|geschrieben|verfasst|veröffentlicht|erstellt|gespeichert|posted|publicado|publicada|publié|pubblicato|geplaatst|gepost|opublikowane|postado) (von|by|por|par|da|door|przez) .{1,60}\b\d\d?[:.]\d\d(?![.\d])/iu
const TRACKBACKS =
  /^(trackbacks?|pingbacks?)([ -](url|uri|link|adresse|address))?\b.{0,80}(https?:|\burl\b|\buri\b|[:0]\)?$)|^(keine|noch keine|no) (trackbacks?|pingbacks?)\b|^trackback für\b/i
/** How much was written to an entry. */
const COUNTED =
  /^((noch )?(\d{1,6}|keine?|no|aucun|sin|nessun|geen|brak|inga|ingen) (kommentare?|comments?|commentaires?|comentarios?|comentários?|commento|commenti|reacties|komentarz[ey]?|kommentarer|antworten|gedanken|reaktionen|réflexions?|réponses?|pensamientos?|respuestas?|pensieri|risposte|ideias?|respostas?|odpowiedzi|svar|комментари\p{L}{1,3})( (zu|auf|on|to|sur|su|en|em|op|sobre|na|på|au sujet de) .{1,160})?|(kommentare?|comments?|commentaires?|comentarios|commenti|reacties|komentarze)( ?:|[ (]+)\d{1,6}\)?)$/iu
/** What can be done with an entry, anywhere in a line. */
const DONE_WITH =
  /\b(kommentar (verfassen|schreiben|hinterlassen|abgeben|hinzufügen)|(leave|add|post|write) a (comment|reply)|ajouter un commentaire|(escribir|dejar|añadir) un comentario|permalink)\b/iu
const LINE_WORDS = 25

/** What stands above the form for that. */
const ANSWER =
  /^((leave|post|write|add) a (reply|comment)|(schreibe?n?|hinterlasse|hinterlassen) (sie )?einen kommentar|kommentar (schreiben|verfassen|hinterlassen|abgeben)|(laissez|laisser|ajouter|écrire) un commentaire|(dejar?|escribe) (un comentario|una respuesta)|(lascia|scrivi) un commento|(deixe|deixar|escreva) (um comentário|uma resposta)|(geef|plaats) een reactie|(dodaj|zostaw|napisz) komentarz|(lämna ett svar|(lämna|skriv) en kommentar)|(skriv|legg igjen|efterlad) en kommentar|(napsat|přidat) komentář|(добавить|оставить|написать) комментарий|コメントを残す|发表评论|發表評論)[\s:.…»>]{0,4}$/iu

/** Asks those who liked an entry for something. */
const LIKED =
  /^((hat|haben) (dir|ihnen|euch) (der|dieser|diese|dieses|das|die|mein|unser) .{0,40}gefallen|(wenn|falls) (dir|ihnen|euch) .{1,60}(gefallen hat|gefällt)\b|(dir|ihnen|euch) (hat|gefällt) (der|dieser|das|die) (artikel|beitrag|text|seite)|if you(['’]ve)? (liked?|enjoy(ed)?|found) (this|the) (article|post|story|piece|essay|guide).{1,120}(subscri|shar|follow|sign|support|newsletter)|(vous avez|tu as) aimé (cet|cette|ce)|(te|le) ha gustado (este|esta)|ti è piaciuto|gostou (deste|desse|do)|vond je dit)|^\d klicks für mehr datenschutz\b/iu

/** Where more lines of one look say so, they are those of the entries of a list. Lines. */
const MOST_LINES = 3
/** A block with so many words is running text. Words. */
const TEXT_WORDS = 20

function isEntryLine({ text: own, words, linked, links, heading }: Block, isBelow: boolean): boolean {
  if (words === 0 || words > MOST_WORDS) return false
  const text = own.trim().replace(/\s+/g, ' ')
  if (FILED.test(text)) return isBelow && links > 0 && (words <= FILED_WORDS || 5 * linked >= words)
  if (heading === 0 && links > 0 && words <= LINE_WORDS && DONE_WITH.test(text)) return true
  return (
    [THIS_ENTRY, TRACKBACKS, COUNTED, ANSWER, LIKED].some(line => line.test(text)) || (isBelow && SIGNED.test(text))
  )
}

/** Whether a name tells what a line with a link is: below another entry, it may say less. */
const isNamedLine = ({ region, words, links }: Block): boolean =>
  region.names.length > 0 && links > 0 && words <= LINE_WORDS

/**
 * The blocks that say where an entry is filed, who has put it there, what was written to it, or ask for a favour; not
 * those of the entries of a list.
 */
export function entryLinesIn({ blocks }: Survey, shown: ReadonlySet<Block>): readonly Block[] {
  const lines: Block[] = []
  let isBelow = false
  for (const block of blocks.filter(block => shown.has(block))) {
    if (isEntryLine(block, isBelow)) lines.push(block)
    else isBelow ||= block.words >= TEXT_WORDS && 2 * block.linked < block.words
  }
  const looks = new Map<number, number>()
  for (const { region } of lines) looks.set(region.shape, (looks.get(region.shape) ?? 0) + 1)
  const named = new Map<number, number>()
  for (const { region } of [...shown].filter(isNamedLine)) named.set(region.look, (named.get(region.look) ?? 0) + 1)
  return lines.filter(
    block =>
      looks.get(block.region.shape)! <= MOST_LINES &&
      !(isNamedLine(block) && named.get(block.region.look)! > MOST_LINES)
  )
}
