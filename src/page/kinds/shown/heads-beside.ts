/** What the page is, and what of it the text is. */
interface Head {
  readonly text: string
  /** Whether the page offers one thing for sale */
  readonly isForSale: boolean
}

/** Headings above what is said of the author. */
const ABOUT_AUTHOR =
  /^(about|meet) (the|our) (author|writer|reviewer|contributor)s?\b|^who (wrote|curated|reviewed) (this|the) (article|page|post|story|guide)\b|^über d(en|ie) autor|^[àa] propos de l['’]auteur|^(sobre|acerca de) (el|la|o|a) autora?\b|^(informazioni )?sull['’]autor|^over de auteur|^om (författaren|forfatteren)\b|^об авторе|^関于作者|^关于作者|^著者について/iu

/** Headings above other pages and other goods. */
const OTHERS = [
  '(related|recommended|similar|trending) (articles?|posts?|stories|content|products?|items?|reading|videos?|guides?)',
  '(recent|featured) (articles|posts|stories)',
  'recommended for you',
  '(you|customers|people) (may|might) also (like|be interested in|enjoy)( these [a-z]{1,12})?',
  '(customers|people|shoppers) (who|also) (bought|viewed|liked)( [a-z]{1,12}){0,6}',
  '(your )?recently viewed( (items|products))?',
  '(frequently|often) bought together|wird oft zusammen gekauft|souvent achetés ensemble|comprados juntos habitualmente|spesso comprati insieme',
  'complete (your|the) (order|look|outfit|set)|shop the (look|set|outfit)|buy a bundle( and save)?',
  'komplettiere (den|dein(en)?) (look|outfit|set)|(complétez|complète) (votre|ton|le) (look|tenue|commande)|produits complémentaires|completa (tu|el|il tuo|il) (look|outfit|pedido)',
  'consider (these|this|a similar)( available)? items?',
  'compare with similar items',
  'more (from|in)( [\\p{L}\\d&.]{1,20}){1,4}',
  'das könnte (dir|dich|ihnen|sie|euch) (auch )?(gefallen|interessieren)|auch interessant|passend dazu',
  '(ähnliche|verwandte|weitere|weiterführende|neue|neueste|aktuelle|beliebte|passende) (artikel|produkte|beiträge|themen|nachrichten|meldungen|rezepte|videos|tipps)',
  '(weitere|mehr|aktuelle) (meldungen|nachrichten|artikel|beiträge|themen|berichte)( [\\p{L}\\d&.]{1,20}){0,4}',
  'mehr (zum thema|beiträge|artikel|von|aus)( [\\p{L}\\d&.]{1,20}){0,4}|lesen sie (auch|mehr|dazu)|meistgelesen(e artikel)?|(unsere )?empfehlungen( der redaktion)?',
  '(articles|produits) (similaires|associés|liés|recommandés)|vous aimerez aussi|sur le même (sujet|thème)|à lire (aussi|également)|(les )?plus lus|articles récents',
  '(artículos|productos|noticias) (relacionados|relacionadas|similares)|(también )?(te|le) puede interesar|lo más (leído|visto)|entradas (recientes|relacionadas)',
  '(artigos|produtos|notícias|posts) (relacionados|relacionadas|semelhantes|recentes)|(veja|leia) também|mais lidas',
  '(articoli|prodotti) (correlati|simili)|(ti )?potrebbe (anche )?interessar(ti|e)( anche)?|leggi anche|(i )?più letti|articoli recenti',
  '(gerelateerde|vergelijkbare|recente) (artikelen|producten|berichten)|lees (ook|meer)|meest gelezen',
  '(powiązane|podobne|polecane|najnowsze) (artykuły|wpisy)|(zobacz|czytaj|przeczytaj) (też|także|również)|najczęściej czytane',
  '(relaterade|relaterte|relaterede) (artiklar|artikler|inlägg|innlegg|indlæg)|läs (också|även|mer)|l[æe]s (også|mer|mere)|mest läst|mest læste?',
  '(související|podobné) články|čtěte (také|též)|nejčtenější',
  '(похожие|рекомендуемые|свежие|связанные) (товары|статьи|записи|новости)|читайте также|(материалы |ещё |еще )?по теме|популярное',
  '関連(記事|商品)|相关(文章|产品)'
]
/** Of all that a site has ever said, of what others say of it, of its questions about cookies, and its advertisements. */
const OF_SITE = [
  '(blog |news )?archives?',
  '\\(?\\d{1,6}\\)? (comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarz[ey]|kommentarer|комментари[йяев]{1,3})',
  '(select|manage|change) (your )?(cookie|consent|privacy) (preferences|settings)',
  '(about|we value) your privacy|privacy preference cent(er|re)'
]
/** Above comments, on weblogs. */
const WRITTEN_TO =
  /^(\d{1,6}|one|ein|eine|un|une|una|jeden|één|en|ett) (thoughts?|responses?|replies|reply|pingbacks?|gedanken?|antwort(en)?|reaktion(en)?|réflexions?|réponses?|pensamientos?|comentarios?|respuestas?|commenti|commento|pensieri|pensiero|comentários?|gedachten?|reacties?|przemyślenia?|tankar|tanke|мысл[ьи]) (on|to|zu|auf|sur|à|en|su|em|sobre|over|op|na|om|på|о|к) /iu
/** Above a box in which a site asks for an address. */
const SIGN_UP =
  /^((subscribe|sign up|join) .{0,30}(newsletter|mailing list|email list|inbox|updates)|(unser(en)? |zum )?newsletter( (abonnieren|bestellen|anmeldung|anmelden))?|(abonnez|inscrivez)-vous .{1,20}(newsletter|lettre)|suscríb[ea](n?se|te) .{1,20}(newsletter|boletín)|iscriviti .{1,20}newsletter|(assine|receba) .{1,12}newsletter|(schrijf je in|abonneer).{1,20}nieuwsbrief|zapisz się .{1,12}newslettera?|prenumerera på .{0,10}nyhetsbrev|подпи(шитесь|саться) на .{0,20}(рассылку|новости))[\s:…!.]{0,4}$/iu
const ADVERTISEMENT = /^advertisement\b/i
/** How a shop sends what it sells. */
const SENDING =
  /^(free |fast |easy )?(shipping|delivery|versand)( ?(and|&|und|,) ?)(return|delivery|exchange|rückgabe)[a-z]{0,3}\b/i

const OTHER = new RegExp(`^(${OTHERS.join('|')})[\\s:…!.]{0,4}$`, 'iu')
const SITE = new RegExp(`^(${OF_SITE.join('|')})[\\s:…!.]{0,4}$`, 'iu')

/** Whether a text, which stands above others, says that those are of other pages, or written to this one. */
export const namesOthers = (text: string): boolean => OTHER.test(text) || WRITTEN_TO.test(text)

/** Whether a text, which stands above others, says that those were written to this page. */
export const countsWritten = (text: string): boolean => WRITTEN_TO.test(text)

/** Whether a text, which stands above others, asks for an address to send news to. */
export const headsSignUp = (text: string): boolean => SIGN_UP.test(text)

/** Whether a heading says that what stands below it is beside what a page is about, however much it is. */
export const isHeadOfSite = ({ text, isForSale }: Head): boolean =>
  ABOUT_AUTHOR.test(text) || SITE.test(text) || ADVERTISEMENT.test(text) || (isForSale && SENDING.test(text))
