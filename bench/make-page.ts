/** A page like those of news sites: inline state in scripts, menus, an article, images for many screens, comments. */
export function makePage(paragraphs: number, seed: number): string {
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % below
  }
  const words =
    'the of and to a in is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so what time up go about than into could state only new year some take come these know see use get like then first any work now may such give over think most even find day also after way many must look before great back through long where much should well people down own just because good each those feel seem how high too place little world very still nation hand old life tell write become here show house both between need mean call develop under last right move thing general school never same another begin while number part turn real leave might want point form off child few small since against ask late home interest large person end open public follow during present without again hold govern around possible head consider word program problem however lead system set order eye plan run keep face fact group play stand increase early course change help line'.split(
      ' '
    )
  const text = (count: number): string => Array.from({ length: count }, () => words[random(words.length)]).join(' ')
  const menu = (links: number): string =>
    `<nav class="menu"><ul>${Array.from({ length: links }, (_, at) => `<li class="item item-${at}"><a class="link" href="/section/${at}/" data-track="nav-${at}">${text(2)}</a></li>`).join('\n')}</ul></nav>`
  const image = (at: number): string =>
    `<figure><picture><source type="image/webp" srcset="/img/${at}-320.webp 320w, /img/${at}-640.webp 640w, /img/${at}-1280.webp 1280w"><img class="lazy" src="/img/${at}-640.jpg" srcset="/img/${at}-320.jpg 320w, /img/${at}-640.jpg 640w" width="640" height="360" alt="${text(6)}"></picture><figcaption>${text(12)}</figcaption></figure>`
  const script = (length: number): string =>
    `<script>window.__STATE__=${JSON.stringify({ items: Array.from({ length }, (_, at) => ({ id: at, title: text(8), url: `/story/${at}` })) })}</script>`
  const body = Array.from({ length: paragraphs }, (_, at) =>
    at % 8 === 5
      ? image(at)
      : at % 11 === 7
        ? `<h2 id="part-${at}">${text(5)}</h2>`
        : `<p class="body-text">${text(30)} <a href="https://www.example.org/${at}?utm_source=x">${text(4)}</a>, <em>${text(3)}</em> ${text(25)} “${text(6)}” — café.</p>`
  )
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${text(8)}</title><style>.a{color:red}</style>${script(paragraphs)}</head><body>
<header>${menu(40)}<form action="/search"><input type="search" name="q" placeholder="Search"><button>Go</button></form></header>
<main><article><h1>${text(8)}</h1><p class="byline">By <a href="/people/1">${text(2)}</a></p>${body.join('\n')}</article>
<aside>${menu(20)}</aside><table><tr><th>${text(1)}</th><th>${text(1)}</th></tr>${Array.from({ length: 12 }, () => `<tr><td>${text(2)}</td><td>${random(1000)}</td></tr>`).join('')}</table></main>
<footer>${menu(60)}</footer>${script(paragraphs * 2)}</body></html>`
}
