import t from 'tap'
import { grow, type CostCase } from '../fuzz/cost.js'

// Elements beside each other: time grows with size. Documents that nobody has thought of are in test/fuzz/cost.test.ts.

const BESIDE: Readonly<Record<string, string | CostCase>> = {
  paragraphs: '<p>word word',
  'assignments of a shell': {
    piece: 'a{}={"x":[{},"=[{=",\'y\'],b={c:',
    before: '<div id=root></div><script>',
    after: '</script>'
  },
  'brackets of a shell': { piece: '={a:[', before: '<div id=root></div><script>', after: '</script>' },
  'posts of a shell': {
    piece: '{"author":"a{}","date":"2026-01-01","text":"<p>Word {} word</p>","more":[1]},',
    before: '<div id=root></div><script type=application/json>[',
    after: '0]</script>'
  },
  'a flat list of a shell': {
    piece: ',{"a":{},"b":1}',
    before: '<div id=root></div><script type=application/json>[{"a":1},"x"',
    after: ']</script>'
  },
  'rows of a shell': {
    piece: String.raw`{}:[\"$\",\"p\",null,{\"children\":\"$1\"}]\n`,
    before: '<div id=root></div><script>x.push([1,"',
    after: '"])</script>'
  },
  'comments without an element for their text': {
    piece: '<li class=comment><cite>a{}</cite> says:<p>Word {} word.',
    before: '<ol>',
    view: 'comments'
  },
  'comments as definitions': {
    piece: '<dt>Ada {} said:<dd class=comment-body>Word {} word.',
    before: '<dl>',
    view: 'comments'
  },
  'columns by their side': {
    piece:
      '<div><div class=left><h3>x</h3><a href={}>a</a></div><div><p>Text {}, text text text text text.</div></div>',
    view: 'reader'
  },
  'programs of a wall': { piece: '<script>_cf {}</script>' },
  'empty roots': '<div id=root{}></div><script></script>',
  'a long title above posts': {
    piece: 'lamp ',
    before: '<div itemscope itemtype="http://schema.org/DiscussionForumPosting"><h1 itemprop=headline>',
    end: '</h1><p>Each of these lamps was lit for us by somebody else.</p>',
    after:
      '<div class=post><a href=/user/ada>Ada</a> <span class=date>Nov 2, 2024</span><div class=postbody>Oil burns.</div></div>',
    view: 'reader'
  },
  phrases: { piece: '<b>x</b> y ', profile: 'mosaic' },
  items: { piece: '<li>x', before: '<ul>', profile: 'tiny' },
  'items that hold a list alone': { piece: '<li><ul><li>x</ul>', before: '<ul>', from: 1000 },
  'lists right in a list': { piece: '<ul><li>x</ul>', before: '<ul>', from: 1000 },
  'blocks around items in a list': { piece: '<div><li>x</li></div>', before: '<ul>', from: 1000 },
  'headings above one long text': {
    piece: '<ol><address>|</address>Lamps</ol>',
    before: '<h2>',
    end: '</h2><b>12.50 oil</b>',
    view: 'reader'
  },
  'fields in a part that is not shown': {
    piece: '<input type=hidden name=a{} value=1>',
    before: '<form action=x><input name=q><div style="display:none">'
  },
  'items of hidden fields': {
    piece: '<li><input type=hidden name=a{} value=1>',
    before: '<form action=x><input name=q><ul>'
  },
  'lines that are said again': '<div>Lamp {}</div><p><a href=/{}>Lamp {}</a></p>',
  'lines of an item that say what stands above it': { piece: '<p>Lamp</p>', before: '<div>Lamp</div><ul><li>' },
  'lines that signs divide': '<div>x</div><div>|</div>',
  'signs that divide nothing': '<div>|</div>',
  'choices that begin alike': {
    piece: '<option>To the harbour behind the lighthouse {}',
    before: '<form action=x><select name=to>',
    profile: 'pda'
  },
  'lines at the beginning of an item': { piece: '<hr>', before: '<ul><li>', after: 'x</ul>', from: 8000 },
  headings: '<h2 id=h{}>x {}</h2>y',
  links: '<a href="/a/{}">link {}</a> ',
  'links below a long base': {
    piece: 'and-a-folder-whose-name-is-much-too-long/',
    before: '<base href="/',
    between: '">',
    end: '<a href=x{}>x</a>'
  },
  places: '<a href="#i{}">x</a><p id=i{}>y',
  'places without links': '<a name=n{}></a>',
  images: '<img src=i{}.png alt="a b">',
  'images of lazy pages': '<img data-src=i{}.jpg><noscript><img src=i{}.jpg></noscript>',
  counters: '<a href=x><img src={}.gif width=1 height=1></a>',
  pictures: '<picture><source srcset="a{} 1x"><img src=a></picture>',
  'choices of a picture': {
    piece: '<source srcset="a 1x, b 2x">',
    before: '<picture>',
    after: '<img src=a></picture>'
  },
  'slides that say the same': {
    piece: '<div class=slide>Lamps that last for years</div>',
    before: '<div>'
  },
  'rows that come again': {
    piece:
      '<ul><li class=q>Oil that burns {}<li class=q>Wicks for it<li class=q>Oil that burns {}<li class=q>Wicks for it</ul>'
  },
  'labels that stand alone': {
    piece: '<span><span>oil</span><span class=x>wick</span></span>',
    before: '<div>'
  },
  'signs in one line': { piece: '<b>|</b> ', before: '<section><div>', after: '</div></section>' },
  'items that begin with a list': '<ul><li><i></i><ul><li>a{}<li>b</ul>c',
  'words loose in a list, and lists below them': { piece: 'word{}<ul><li>a<li>b</ul>', before: '<section><ul>' },
  'deeds in one link that leads nowhere': { piece: '<span>Reply</span>', before: '<a href="#">' },
  'hidden copies': { piece: '<div hidden><article><p>Lamps that burn for years and years at sea</article></div>' },
  maps: '<img usemap=#m{} src=a width=90 height=90><map name=m{}><area href=x coords=1,2,30,40></map>',
  'images of one map': { piece: '<img usemap=#m src=a{}>', before: '<map name=m><area href=x></map>' },
  'drawings of nothing': { piece: '<svg width=10 height=10></svg>', from: 8000 },
  'pictures that say nothing beside words': { piece: '<img href=#m src=/a.png width=10 height=10>word', from: 20_000 },
  'images that came along': '<svg width=99 height=99 role=img aria-label={}><path d={}></path></svg>',
  'drawings in a box that says its size': {
    piece: '\n<svg width=900 height=900><path d={}></path><path d=b></path></svg>',
    before: '<div style="width:40px;height:40px">'
  },
  'rows that a script has copied': {
    piece: '<li class=lamp hidden>Lamps that burn for years and years at sea',
    before: '<ul>'
  },
  'parts of a menu of dishes': { piece: '<div class=menu-item>x {}</div>', before: '<h1>What we cook</h1><div>' },
  'places in parts': { piece: '<a href="#i{}">x</a> <p id=i{}>y', profile: 'tiny', parts: true },
  'places behind in parts': { piece: '<a href="#end">x</a> ', after: '<p id=end>y', parts: true },
  'forms whose ends are crossed': '<form action={}><div><input name=a>word word</form>',
  'rows of a board': {
    piece: '<tr><td><b>Ann</b><br>Posts: {}<td>Posted: 3 May 2003 10:00<hr>word word word word</tr>',
    before: '<table>',
    after: '</table>',
    view: 'reader'
  },
  'a form in parts': {
    piece: '<input name=a{}><input type=hidden name=b{} value=c>',
    before: '<form>',
    profile: 'tiny',
    parts: true
  },
  'a list in parts': { piece: '<li>x {}', before: '<ol>', profile: 'tiny', parts: true },
  areas: {
    piece: '<area href=x{} coords="1,2,3,4" alt=b>',
    before: '<img usemap=#m src=a width=90 height=90><map name=m>'
  },
  forms: '<form action={}><input name=a></form>',
  'forms in an element': { piece: '<form action={}><input name=a></form>', before: '<div>' },
  'forms with messages': {
    piece: '<form action={}><input name=a><p class=error>Please enter a valid number</p></form>',
    before: '<div>'
  },
  'messages of scripts': '<div class=hidden role=alert>Something went wrong with {}</div>',
  'boxes that a script opens': '<div role=dialog aria-modal=true><p>text <a href={}>x</a></p></div>',
  'goods with several pictures': '<div class=card><a href={}><img src=a{}><img src=b{}>Lamp {}</a> $9</div>',
  'items outside of lists': '<div>x</div><li>y',
  'fields beside their form': '<div><form action={}></form></div><input name=a{}>x',
  'empty forms': '<form action={}></form>',
  'forms between rows': { piece: '<form action={}><tr><td><input name=q></td></tr></form>', before: '<table>' },
  fields: { piece: '<input name=a{} value=x>', before: '<form>' },
  'fields that name their form': '<form id=f{}></form><input form=f{} name=a>',
  'fields that name their label': {
    piece: '<label for=i{}>x</label><input id=i{} name=a placeholder=y>',
    before: '<form>'
  },
  'fields that name their list': {
    piece: '<input name=a list=l{}><datalist id=l{}><option>x</datalist>',
    before: '<form>'
  },
  buttons: { piece: '<button name=a value=b>x</button>', before: '<form>' },
  options: { piece: '<option value={}>x {}', before: '<form><select name=a>' },
  'groups of options': { piece: '<optgroup label=a><option>x', before: '<form><select name=a>' },
  rows: { piece: '<tr><td>x<td>y', before: '<table>' },
  cells: { piece: '<td>x', before: '<table><tr>' },
  'rows that reach down': { piece: '<tr><td rowspan={}>x<td colspan=9>y<td>z', before: '<table>' },
  tables: '<table><tr><td>x<td>y</table>',
  'lines in a cell': {
    piece: '<br>',
    before: '<table><tr><th>x<th>y<tr><td>1<td>2',
    after: '3</table>',
    profile: 'mosaic'
  },
  'blocks in a cell': {
    piece: '<p><b></b></p>',
    before: '<table><tr><th>x<th>y<tr><td>1<td>2',
    after: '3</table>',
    profile: 'mosaic'
  },
  'signs in cells': {
    piece: '<td><img src=tick{}.png alt=""><td><i class=material-icons>check</i>',
    before: '<table><tr>'
  },
  'glyphs in a cell': { piece: '<i class=material-icons>check</i>', before: '<table><tr><td>', from: 8000 },
  'glyphs in a link': { piece: '<i class=material-icons>check</i>', before: '<a href=x>', from: 8000 },
  'signs in a cell': { piece: '<img src=tick.png alt=""><i class=material-icons>check</i>', before: '<table><tr><td>' },
  'rows that are lists of terms': '<ul><li><dl><dt>x {}<dd>y</dl></ul>',
  'items that are lists of terms': { piece: '<li><dl><dt>x {}<dd>y</dl>', before: '<ul>' },
  'blocks in a table': { piece: '<div>x</div>', before: '<table>' },
  'text in a table': { piece: 'x<tr>', before: '<table>' },
  'references in an attribute': { piece: '&quot;x', before: '<p title="', after: '">x' },
  'references in an attribute that does not end': { piece: '&amp;', before: '<p><a href="/' },
  'references in a value with apostrophes': { piece: '&amp;x', before: "<p title='", after: "'>x" },
  'lines in an attribute': { piece: 'x\r\n', before: '<p title="', after: '">x' },
  attributes: { piece: 'a{}=1 ', before: '<p ', after: '>x' },
  'choices of an image': { piece: 'i{}.jpg {}w, ', before: '<img src=a srcset="', after: '">' },
  'classes and rules': { piece: '<style>.a .c{}{font-weight:bold}</style><p class="a c{}">x' },
  selectors: {
    piece: '.c{}:is(.a,.b)>p,[title="{}"],',
    before: '<style>',
    after: '.a{display:none}</style><p class=a>x'
  },
  'media queries': { piece: '@media screen{', before: '<style>', after: '.a{display:none}</style><p class=a>x' },
  comments: '<!-- x -->',
  frames: '<iframe src={}></iframe>',
  'stories for a reader': {
    piece: '<p>text, text text text text text text text text text.</p>',
    before: '<article>',
    view: 'reader'
  },
  'other pages behind a story for a reader': {
    piece:
      '<div class=t><h3><a href=/{}>Lamp of brass {}</a></h3><p>It burns for a whole night, and much longer.</div>',
    before: `<article>${'<p>text, text text text text text text text text text.</p>'.repeat(20)}</article><section>`,
    view: 'reader'
  },
  'boxes of other pages for a reader': {
    piece: '<div class=t><h4>Related stories</h4><h3><a href=/{}>Lamp of brass {}</a></h3><p>It burns well.</div>',
    view: 'reader'
  },
  'lines for a reader': { piece: 'text, text text<br>', before: '<div>', view: 'reader' },
  'votes for a reader': {
    piece:
      '<div class=comment><i class=vote></i><div class=votes>4</div><a href=/users/a{}>a{}</a> 3 May 2009<div class=comment-body>Word {} word.</div></div>',
    before: '<div class=vote>4</div>',
    view: 'reader'
  },
  'heads of mails for a reader': { piece: '<li>Subject: word {}<li>Prev by Date: {}', before: '<ul>', view: 'reader' },
  'posts for a reader': {
    piece:
      '<div class="post p{}"><b class=author>a{}</b><i class=date>1 May 2020</i><p class="post-body">text {}</p></div>',
    view: 'reader'
  },
  'lists of places in a form': '<button>x</button><select><option value=/a{}>a{}<option value=/b{}>b</select>',
  'sections that a script opens': '<h3>x</h3><div style="display:none">text, text, text, text {}</div>',
  'posts of as many kinds for a reader': {
    piece: '<div class="p{} post"><b class=author>a{}</b><div class="x{} post-body">text, text {}</div></div>',
    from: 1000,
    view: 'reader'
  },
  'comments on their page': {
    piece: '<div class=comment><b class=author>a{}</b><h3>h{}</h3><p class="comment-text">text {}</p></div>',
    before: '<p>text, text',
    view: 'comments'
  },
  'entries for a reader': {
    piece: '<div class=card><a href={}><img src={}><h3>Lamp {}</h3><p>text</p></a><p>$9</p></div>',
    view: 'reader'
  },
  'tabs for a reader': {
    piece: '<button role=tab aria-controls=p{}>Tab {}</button><div id=p{}><p>text, text, text, text {}</div>',
    view: 'reader'
  },
  'copies for a reader': {
    piece: '<div><div><p>text, text, text, text, text, text, text, text.</p><p>x{}</p></div></div>',
    view: 'reader'
  },
  'properties for a reader': {
    piece: '<p itemprop=a{}>x</p>',
    before: '<div itemscope itemtype=Product><b itemprop=name>x</b><i itemprop=offers itemscope></i>',
    view: 'reader'
  },
  'one property for a reader': { piece: '<p itemprop=a>x</p>', before: '<div itemscope>', view: 'reader' },
  'data for a reader': {
    piece: '{"@type":"Product","name":"a{}",},',
    before: '<script type="application/ld+json">[',
    after: ']</script><p>text',
    view: 'reader'
  },
  'steps for a reader': {
    piece: '"x",',
    before: '<script type="application/ld+json">{"@type":"Recipe","recipeIngredient":[',
    after: `"y"]}</script>${'<p>x'.repeat(500)}`,
    view: 'reader'
  },
  'links among a story': {
    piece: '<p>Related</p><p><a href=x>l</a></p>',
    before: `<article><p>${'text, text '.repeat(100)}`,
    view: 'article'
  },
  'links behind a story that are labels': {
    piece: '<div><a href=x{}>Related articles</a></div>',
    before: `<main><article class=post><h1>Text</h1>${`<p>${'This is a text about the rivers and those who live there. '.repeat(9)}`.repeat(9)}<div>`,
    after: '</div></article></main>',
    view: 'reader',
    from: 8000
  }
}

t.test('elements beside each other', t => grow(t, BESIDE))
