import { writtenAddress } from '../page/addresses/address.js'
import { frame, html } from './html.js'
import type { PortalPage } from './page.js'
import { typedAddress } from './typed.js'

/** Countries that 68k.news calls by another name than ISO 3166 does, which editions have. */
const COUNTRIES: ReadonlyMap<string, string> = new Map([['uk', 'gb']])

const WORD = /^[a-z]{1,20}$/i

/** index.php?section=world&loc=UK of 68k.news: our news. */
export const newsIndex: PortalPage = ({ query, portal }) => {
  const section = query.get('section') ?? ''
  const country = (query.get('loc') ?? '').toLowerCase()
  if (section === '' && country === '') return { redirect: `${portal}/` }
  const fields = [
    ...(WORD.test(section) ? [`section=${section.toLowerCase()}`] : []),
    ...(WORD.test(country) ? [`edition=${COUNTRIES.get(country) ?? country}`] : [])
  ]
  return { redirect: `${portal}/news${fields.length === 0 ? '' : `?${fields.join('&')}`}` }
}

/** choose_edition.php of 68k.news. */
export const chooseEdition: PortalPage = ({ portal }) => ({ redirect: `${portal}/editions` })

/** image_compressed.php?i= and image.php?i=: the image itself, which is converted like any other. */
export const compressedImage: PortalPage = ({ query, gateway }) => {
  const url = typedAddress(query.get('i') ?? '')
  if (url === undefined)
    return { status: 400, page: frame('No image', html`<h1>No image</h1><p>The address names no image.</p>`) }
  return { redirect: writtenAddress(url, { gateway }) }
}
