import { frame, html, type Html } from './html.js'

/** The body of a redirect, for browsers that show it. */
export const redirectPage = (address: string): Html =>
  frame('Moved', html`<p>This page is at <a href="${address}">${address}</a>.</p>`)
