import { closest, plainText, type Element } from '../tree/tree.js'

/** What links say to those who hear the page: an old browser has one window, and no tabs. */
const NEW_WINDOW =
  /^\W{0,3}((external )?(link|site|page)\W{1,2})?((this )?(link )?(will )?open(s|ing)? (in|into|a) (an? )?(new|another|separate) (browser )?(window|tab)( or (a )?(new )?(window|tab))?|(link )?öffnet (sich )?in (einem )?neue[mn] (fenster|tab)|(s['’])?ouvre (dans )?(une? )?(nouvelle fenêtre|nouvel onglet)|se abre en (una )?(nueva (ventana|pestaña)|ventana nueva)|si apre in (una )?nuova (finestra|scheda)|opent in (een )?nieuw (venster|tabblad)|abre (em|numa) (uma )?nova (janela|aba|guia))\W{0,3}$/iu

/** Whether a text says that a link opens a window of its own, and is not all that the link around it says. */
export const saysNewWindow = (element: Element, text: string): boolean => {
  if (!NEW_WINDOW.test(text)) return false
  const link = element.tagName === 'a' ? element : closest(element, 'a')
  return link === undefined || plainText(link) !== text
}
