/** The beginning of a text, with dots if it is cut, and without half a character before them. */
export const cutText = (text: string, most: number): string =>
  text.length > most
    ? `${text
        .slice(0, most - 3)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd()}...`
    : text
