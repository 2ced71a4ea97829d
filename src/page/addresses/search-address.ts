/** In a query, ASCII alone. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*~]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** The address of a page of results; of a further one with what its back end says of it. */
export const searchAddress = (
  portal: string,
  words: string,
  more?: { readonly by: string; readonly at: string }
): string => `${portal}/search?q=${encoded(words)}${more === undefined ? '' : `&by=${more.by}&at=${encoded(more.at)}`}`
