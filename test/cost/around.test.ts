import t from 'tap'
import { grow, type CostCase } from '../fuzz/cost.js'

// Elements of which each asks for what stands around it, or for the same other one: time grows with size.

const AROUND: Readonly<Record<string, CostCase>> = {
  'words of one tip': {
    piece: 'word <button aria-describedby=t>Term {}</button> ',
    before: '<div id=t role=tooltip>',
    end: 'word '
  },
  'words of a tip that follows': {
    piece: '<p>a <button aria-describedby=t>Term {}</button>',
    after: `<div id=t role=tooltip>${'word '.repeat(50_000)}</div>`
  },
  'buttons that open one part': {
    piece: '<button aria-expanded=false aria-controls=t>Term</button>',
    before: '<div id=t>',
    end: '<i></i>'
  },
  'tabs of one part': { piece: '<button role=tab aria-controls=t>Term</button>', before: '<div id=t>', end: '<i></i>' },
  'tabs of as many parts': {
    piece:
      '<p><button role=tab aria-controls=t{}>One</button><button role=tab aria-controls=u{}>Two</button><b id=t{}>x</b><b id=u{}>x</b>'
  },
  'tabs in each other': { piece: '<div id=t{}><button role=tab aria-controls=t{}>One</button>', from: 100 },
  'rows of a table, for the reader': {
    piece: '<tr><td>Lamps of brass, sold by the keeper, burn for nine hours.<td>{} kg',
    before: '<h1>Lamps of brass</h1><table>',
    view: 'reader'
  },
  'rows of tables in each other, for the reader': {
    piece: '<table><tr><td>Lamps of brass, sold by the keeper, burn for nine hours.<td>',
    view: 'reader',
    from: 100
  },
  'headings of sections, for the reader': {
    piece: '<h2>Lamps of brass {}</h2><p>9 to {}</p>',
    view: 'reader'
  },
  'names behind by': { piece: '<button>Anna {}</button>, ', before: '<p>By ' },
  'names behind what is empty': { piece: '<b></b>', before: '<p>', end: 'By <button>Anna</button>' },
  'signs of tips': { piece: '<span class=sr-only>x</span> word ', before: '<div class=tooltip>' },
  'signs of tips behind what is empty': {
    piece: '<b></b>',
    before: '<div class=tooltip>',
    end: '<i class=sr-only>x</i>'
  },
  'strokes behind what is empty': { piece: '<b></b>', before: '<div>', end: '<i>/</i>' },
  'buttons that open addresses': { piece: `<button onclick="location.href='/{}'">x</button>` },
  'notices of scripts behind what is empty': {
    piece: '<b></b>',
    end: '<noscript>JavaScript is disabled.</noscript>',
    after: `<p>${'word '.repeat(2000)}`,
    from: 5000
  },
  'links that say the same as a large one': {
    piece: '<span> </span>',
    before: '<p><a href=x>x',
    end: '<a href=x>x</a>',
    from: 4000
  },
  'slides that say the same as a large one': {
    piece: '<i></i>',
    before: '<div><div class=slide>Lamps that last for years',
    end: '</div><div class=slide>Lamps that last for years',
    from: 4000
  },
  'slides beside one of many classes': {
    piece: 'slide{} ',
    before: '<div><div class="',
    end: '">Lamps that last for years</div><div class="slide',
    after: '">x</div>',
    from: 4000
  },
  'parts for other windows beside one of many classes': {
    piece: 'a{}-hide ',
    before: '<div><div class="',
    end: '">Lamps that last for years</div><div class="only',
    after: '">x</div>',
    from: 2000
  },
  'pictures behind a long text': {
    piece: 'word{} ',
    before: '<div>a<b></b>',
    end: '<img src=/x{}.jpg width=40 height=40 alt=Lamp>',
    from: 4000
  },
  'headings below a long title': {
    piece: 'word{} ',
    before: '<title>',
    end: '</title><h2>a b c d e f</h2>',
    after: `<p>${'This is a text about the rivers and those who live there. '.repeat(50)}`,
    view: 'reader',
    from: 4000
  },
  'words around pictures': { piece: '<img src=/{}.jpg width=40 height=40 alt="Lamp {}">', view: 'reader', from: 2000 },
  'words around pictures in each other': {
    piece: '<div><img src=/{}.jpg width=40 height=40 alt="Lamp {}">',
    before: '<div>',
    from: 2000
  },
  'words in the place of pictures': { piece: '<img src=/x/ alt=Lamp height=56>', profile: 'cern', from: 4000 },
  'paragraphs of pictures that are said again': { piece: '<img src=/x.jpg alt="Lamp">', before: '<p>', from: 8000 },
  'headings in one thing that opens another': {
    piece: '<h3>{} EUR</h3>Lamps of brass<h2>More</h2>w',
    before: '<div><article><div><div aria-controls=t><div>',
    view: 'reader',
    from: 1000
  },
  'links below entries': { piece: '<p><a href=/{}>Lamp {}</a><p><a href=/{}>Read more</a>', view: 'reader' }
}

t.test('what stands around each', t => grow(t, AROUND))
