/** Something again and again, each with its number. */
export const times = (count: number, write: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => write(at)).join('')

/** Pages that nobody should write. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'nothing at all': '',
  'only white space': ' \n\t ',
  'only a comment that never ends': '<!-- <p>text',
  'a tag that never ends': '<p>text<a href="x',
  '20,000 nested DIV': `${times(20_000, () => '<div>')}deep`,
  '10,000 nested lists': `${times(10_000, () => '<ul><li>')}deep`,
  '3,000 nested tables': `${times(3_000, () => '<table><tr><td>')}deep`,
  '5,000 nested quotations with text': times(5_000, at => `<blockquote>${at}`),
  '5,000 nested SPAN with text': times(5_000, at => `<span>${at} `),
  '50,000 siblings': times(50_000, () => '<br>x'),
  // More than a call takes arguments.
  '190,000 siblings': times(95_000, () => '<br>x'),
  '190,000 siblings behind a link that skips them': `<a href=#m>Skip to content</a>${times(95_000, () => '<i></i> ')}<a name=m></a>`,
  'a summary of 190,000 children': `<details><summary>${times(95_000, () => '<i></i> ')}x</details>`,
  '10,000 paragraphs that are never closed': times(10_000, at => `<p>Line ${at} <b>bold`),
  '5,000 images': times(5_000, at => `<img src="${at}.gif" alt="Image ${at}">`),
  '5,000 links to places': times(5_000, at => `<a href="#p${at}">${at}</a><p id="p${at}">x</p>`),
  '2,000 forms of three fields': times(
    2_000,
    at => `<form><label for=f${at}>a</label><input id=f${at} name=q><select name=s><option>x</select></form>`
  ),
  '2,000 controls that name their form': `<form id=f><input name=a></form>${times(2_000, at => `<input form=f name=n${at}>`)}`,
  '500 forms between rows': `<table>${times(500, at => `<form action=${at}><tr><td><input name=q></td></tr></form>`)}</table>`,
  '2,000 pairs of image and NOSCRIPT': times(
    2_000,
    at => `<img data-src="${at}.jpg"><noscript><img src="${at}.jpg"></noscript>`
  ),
  'nothing is closed':
    '<h1>a<ul><li>b<table><tr><td>c<form><select><option>d<p>e<a href=f>f<b>g<i>h<dl><dt>i<dd>j<pre>k<textarea name=l>m',
  'everything is closed that was not open':
    '</p></br></a></table></form></li></div></body>text</html>more</h1></frameset>',
  'crossed over':
    '<b><p><i>a</b>b</p>c</i><a href=x><table><tr><a href=y>d</table>e</a><h1><h2>f</h1>g</h2><ul>h<p>i<li>j</ul><dl>k<dd>l</dl>',
  'null bytes and controls': '<p>a\0b\u0001c\u000Bd\u007Fe\u0085f</p><a\0 href="x\0y">g</a>',
  'a megabyte without a space': `<p>${'x'.repeat(1_000_000)}</p>`,
  'a megabyte without a space, all to be escaped': `<p>${'&amp;'.repeat(200_000)}</p>`,
  'a title of 100,000 characters': `<title>${'Long '.repeat(20_000)}</title><p>x`,
  'a Chinese title': `<title>${'漢字'.repeat(50)}</title><p>${'汉字'.repeat(1000)}`,
  'a title of brackets': `<title>${'<<>>&&'.repeat(20)}</title><p>x`,
  'a title of quotes and emoji': '<title>"“😀”" \u0000 👩‍👩‍👧</title>😀',
  '3,000 attributes': `<p ${times(3_000, at => `data-a${at}="${at}" `)}>x</p><a ${times(3_000, at => `onclick${at}=x `)} href=y>z</a>`,
  'an attribute of a megabyte': `<a href="/${'a'.repeat(1_000_000)}">x</a><img alt="${'b '.repeat(500_000)}" src=x>`,
  'links in links':
    '<a href=a>1<div><a href=b>2<svg><a href=c>3</a></svg></a></div></a><a href=d><object><a href=e>4</a></object></a>',
  'links in links by tables': times(200, at => `<a href=${at}><table><tr><td>`),
  'forms in forms':
    '<form action=a><div><form action=b><input name=x></form><table><form action=c></table><input name=y></div></form><input name=z>',
  'links around blocks':
    '<a href=x><h2>Head</h2><p>Text</p><ul><li>Item</ul><table><tr><th>A<td>B<tr><td>C<td>D</table><form><input name=q></form></a>after',
  'a frameset with NOFRAMES': '<frameset><frame src=a><noframes><p>None<frameset><frame src=b></noframes></frameset>',
  'a frameset in a body': '<p>x</p><frameset><frame src=a></frameset>',
  PLAINTEXT: '<p>a</p><plaintext><b>b</b></plaintext><script>alert(1)</script>',
  'raw text elements':
    '<xmp><b>&amp;</xmp><listing>\n\nl</listing><noembed><p></noembed><iframe><p></iframe><textarea><p></textarea><title><p></title><noframes><p>',
  'an SVG of 20,000 shapes': `<svg width=200 height=200 role=img aria-label=Map>${times(20_000, at => `<rect x="${at}"/>`)}</svg>`,
  'an SVG of entities and other namespaces':
    '<svg width=200 height=200><title>T</title><foreignObject><p>in<svg><desc><form><input name=q></form></desc></svg></foreignObject><script>x</script><style>y</style></svg><math><mtext><p>z</math>',
  'nested templates': `${times(500, () => '<template shadowrootmode=open><p>x')}end`,
  'nested NOSCRIPT': `${times(500, () => '<div><noscript>')}end`,
  'SELECT with everything':
    '<form><select name=s><div><p>a<option>b<b>c</b><hr><input name=q><select>d<textarea name=t>e</textarea></select><option value="<>&quot;\'">f&lt;g</select></form>',
  'PRE with everything':
    '<pre>a\tb\n\n<h1>c</h1><img src=x alt=y><table><tr><td>d</table><ul><li>e</ul><font size=1>f</font><sup>g</sup><hr><p>h\n<a href=x>i\nj</a><form><input name=q></form></pre>k',
  'headings with everything':
    '<h1>a<table><tr><td>b</table>c<ul><li>d</ul><hr>e<form><input name=q></form><pre>f</pre><p>g<blockquote>h</blockquote></h1>',
  'items with everything':
    '<ul>a<li><h1>b</h1><hr><address>c</address><pre>d</pre><table><tr><th>e<td><h2>f</h2></table><dl><dt><h3>g</h3><p>h<dd><h4>i</h4></dl></ul><ol><div>j</div><table><tr><td>k<td>l<tr><th>m</table></ol>',
  'tables with everything':
    '<table>a<tr>b<p>c</p><td><form><input name=q></form><table><caption><ul><li>d</ul></caption><tr><th><h1>e</h1></table><tbody><caption><p>f</p></caption><th>g<td></table>',
  'text blocks in text blocks':
    '<legend>a<address>b<p>c<ul><li>d</ul>e</address>f</legend>g<p><object><address>h<dl><dd>i</dl>j</address>k</object>l<div role=heading>m<pre>n<dl><dd>o</dl>p</pre>q</div>',
  'everything is a heading': 'form input select textarea a table tr td ul li img hr pre p div span h2 button'
    .split(' ')
    .map(tag => `<${tag} role=heading name=x href=y src=z>a`)
    .join(''),
  'definitions with everything':
    '<dl>a<p>b</p><dt><ul><li>c</ul><pre>d</pre><table><tr><th>e<th>f</table><div><dd>g</div><h1>h</h1><dt></dl><dt>i<dd>j',
  'addresses that are none': times(1, () =>
    [
      'http://',
      'http://[::1',
      '//',
      '///x',
      'http:///x',
      'https:x',
      '\\\\host\\x',
      'data:text/html,x',
      'http://a b/',
      'http://%00/',
      'http://user:pass@host/',
      'x:y',
      '?',
      '#',
      '#%',
      '&#0;',
      '/\u0000',
      'http://ａ.example/',
      'http://example:99999/',
      `/${'é'.repeat(2000)}`,
      'vbscript:x',
      ' javascript:x',
      'java\nscript:x',
      'file:///etc/passwd',
      'mailto:"a b"<c@d>'
    ]
      .map(
        address =>
          `<a href='${address}'>x</a><img src='${address}' alt=y><form action='${address}'><input name=q></form><area href='${address}'><map name='${address}'></map><iframe src='${address}'></iframe><video src='${address}' poster='${address}'></video>`
      )
      .join('')
  ),
  'names of what every object has':
    '<constructor>a</constructor><form><input name=q type=constructor><input name=constructor type=__proto__></form><p align=constructor role=constructor id=constructor><a href=#constructor>b</a>',
  'a BASE that is none': '<base href="data:,x"><base href="//other.example/"><a href=x>y</a>',
  'a BASE of another site': '<base href="https://other.example/dir/"><a href=x>y</a><a href="#z">z</a><p id=z>z',
  'maps and their images': `${times(300, at => `<map name=m${at}><area href=${at}></map><img usemap=#m${at} src=x>`)}<map></map><map name=alone><area href=x></map>`,
  'srcset without an end': `<img srcset="${'a, '.repeat(20_000)}"><img srcset="${','.repeat(50_000)}"><img srcset="${' '.repeat(50_000)}x"><img srcset="${'a 1x '.repeat(10_000)}">`,
  'style without an end': `<div style="${' '.repeat(50_000)}display:none">x</div><p style="${';'.repeat(50_000)}">y</p><td style="text-align${' '.repeat(50_000)}">`,
  'META refresh without an end': `<meta http-equiv=refresh content="${' '.repeat(50_000)}x"><p>y`,
  'a STYLE of ten megabytes': `<style>${'.a{display:none}.b .c>.d{font-weight:bold;color:red}'.repeat(200_000)}</style><p class=b>y`,
  'a STYLE of universal selectors': `<style>${times(6_000, at => `* * * [class*="${at}"]{font-weight:bold}`)}</style>${times(3_000, at => `<div class=c${at}><span>`)}`,
  'a STYLE of one class in many places': `<style>${times(5_000, () => '.a .a .a>.a .a{font-weight:bold}')}</style>${'<span class=a>'.repeat(5_000)}y`,
  'styles that nest': `<style>.a{font-weight:bold;text-align:center;text-transform:uppercase;white-space:pre-wrap}.h{display:none}</style>${'<div class="a"><span class=a>x\n'.repeat(2_000)}${'<b class=h>'.repeat(20_000)}`,
  'a STYLE that never ends': `<p>y<style>${'.a{'.repeat(50_000)}`,
  'a style for every element': times(5_000, at => `<span style="font-weight:bold;white-space:pre">${at}\n`),
  'lines without end': `<p style="white-space:pre-line">${'a\n'.repeat(200_000)}</p><p style="white-space:pre-line">${times(400, () => 'a\n<b>b</b>')}`,
  'a doctype of a megabyte': `<!doctype html "${'x'.repeat(1_000_000)}"><p>y`
}
