import { attribute, type Element } from '../tree/tree.js'

/**
 * Names of boxes about cookies, in pages and in the products for them: OneTrust, Didomi, Cookiebot, Quantcast,
 * Usercentrics, Complianz.
 */
const CONSENT =
  /cookie|consent|gdpr|ccpa|onetrust|didomi|usercentrics|truste|eu-?popup|(^|[-_\s])(cmp|cmplz|qc-cmp2?|cc-window|cc-banner|sp_message)([-_\s]|$)/i

/** Names of boxes that are neither text nor data of the article. */
const NOISE =
  /(^|[-_\s])(share|sharing|shares|sharebar|socials?|newsletter|sign-?up|subscribe|subscription|breadcrumbs?|toolbar|related|promo|advert|advertisement|ads?|sponsored|search|login|nav|navbar|navigation|menu)([-_\s]|$)/i

/** Names of parts of a menu, which may be that of a restaurant: it leads nowhere. */
const PART_OF_MENU = /(^|[-_\s])menus?[-_](sections?|items?|categor(y|ies)|groups?|courses?|dish(es)?)([-_\s]|$)/i

/** "Skip to content" in the languages of the web. */
const SKIP_TEXT =
  /^\W{0,8}((skip|jump|go) (directly )?to|skip (navigation|nav|menu|links|main)|(zum|direkt zum|zur|springe? zu[mr]?) (inhalt|hauptinhalt|navigation|suche|menü)|aller (directement )?(au|à la) (contenu|menu|navigation|recherche)|accéder au contenu|(ir|saltar|pular) .{0,8}(conte|menu|menú|naveg|busca|rodap|princip)|vai (al|ai) conten|naar (de )?(hoofd)?inhoud|hopp|gå til|siirry|přeskočit|přejít na|przejdź do|перейти к|к содержанию|к основному|本文へ|コンテンツへ|跳到|跳转到|跳至)/i
/** Classes of links that only screen readers see. */
const SKIP_CLASS = /skip|sr-only|visually-?hidden|screen-?reader|element-invisible|offscreen/i

const named = (element: Element, pattern: RegExp): boolean => {
  for (const { name, value } of element.attrs)
    if ((name === 'class' || name === 'id') && pattern.test(value)) return true
  return false
}

/** Whether an element is named as a box about cookies. */
export const isConsent = (element: Element): boolean => element.attrs.length > 0 && named(element, CONSENT)

/** Whether an element is named as something other than content: a bar to share, a sign-up, a search. */
export const isNoise = (element: Element): boolean => attribute(element, 'role') === 'search' || named(element, NOISE)

/** Whether an element is named as a part of a menu, be it of a site or of a restaurant. */
export const isPartOfMenu = (element: Element): boolean => named(element, PART_OF_MENU)

/** Whether a link within the page skips a menu, by its text or class. */
export const isSkip = (link: Element, text: string): boolean => SKIP_TEXT.test(text) || named(link, SKIP_CLASS)
