import t from 'tap'
import { surveyBlocks } from '../../../src/page/content/blocks.js'
import { findPosts } from '../../../src/page/posts/find-posts.js'
import { signedText } from '../../../src/page/posts/names-and-moments.js'
import { threadOf } from '../../../src/page/posts/thread.js'
import { dateText } from '../../../src/page/read/date-text.js'
import { parse } from '../../../src/page/tree/parse.js'
import { readTold } from '../../../src/page/told/told.js'
import { bodyOf, createElement, elements, plainText } from '../../../src/page/tree/tree.js'
import { knownContent } from '../../helpers/known-content.js'

const postsIn = (markup: string): Array<readonly [string, ReadonlyArray<readonly [string, string, string]>]> =>
  findPosts(
    surveyBlocks(bodyOf(parse(markup, 10_000).document)!, () => false),
    false
  ).map(({ name, posts }) => [name, posts.map(({ who, when, body }) => [who, when, plainText(body.element)])])

const TWO: ReadonlyArray<readonly [string, string, string]> = [
  ['ada', '2025-11-01 15:14:37', 'Which oil?'],
  ['ben', '2025-11-02 06:23:21', 'Colza.']
]

t.test('short posts above a line and a signature in tables, below a row with the moment', t => {
  const post = (who: string, when: string, what: string): string =>
    `<table><tr><td>${when}</td><td>#<a href=/p>1</a></td></tr><tr><td><a href=/u>${who}</a><br>Posts: 12</td>
    <td><div>${what}</div><hr>__________________<br>Light first</td></tr></table>`
  const [posts] = findPosts(
    surveyBlocks(bodyOf(parse(TWO.map(one => post(...one)).join(''), 10_000).document)!, () => false),
    false
  )
  t.same(
    posts?.posts.map(({ who, when }) => [who, when]),
    TWO.map(([who, when]) => [who, when])
  )
  const texts = (posts?.posts ?? []).map(({ body, beside }) =>
    elements(body.element, 'div').flatMap(({ childNodes }) => childNodes.filter(node => !beside?.has(node)))
  )
  t.same(
    texts.map(nodes => nodes.length),
    [1, 1],
    'what was written stays'
  )
  t.end()
})

t.test('posts of any forum: who, when, what', t => {
  const forums: Record<string, (who: string, when: string, what: string) => string> = {
    'names in classes': (who, when, what) =>
      `<li class="post"><div class="post-author"><a href="/avatar/1" class="avatar"><b>X</b></a><span class="username">${who}</span> Joined 3 May 2001</div>
      <time>${when}</time><div class="post-body"><p>${what}</p></div><div class="signature">Salt</div></li>`,
    microdata: (who, when, what) =>
      `<article itemprop="comment" itemscope itemtype="https://schema.org/Comment"><div itemprop="author" itemscope>By <a href="/u/1"><span itemprop="name">${who}</span></a> (member)</div>
      <meta itemprop="dateCreated" content="${when}"><div itemprop="text">${what}</div></article>`,
    'bare dates and names in DT': (who, when, what) =>
      `<div class="blockpost"><h2><a href="#p">${when}</a></h2><dl><dt><strong>${who}</strong></dt><dd>Registered: 2001-01-01</dd></dl><div class="postmsg">${what}</div></div>`,
    'links to profiles': (who, when, what) =>
      `<div class="reply"><p>edited <a href="/users/9/zed">zed</a></p><a href="/users/1/x">${who}</a> <span class="date" title="${when}">2 years ago</span><div class="content">${what}</div></div>`,
    'what is around a text is called a text, too': (who, when, what) =>
      `<div class="message"><div class="message-inner message-content"><a class="author" href="/x">${who} says:</a> <i class="posted">Posted ${when}</i><div class="message-body">${what}</div></div></div>`,
    'a name and a date in one line': (who, when, what) =>
      `<div class="reply"><div class="bold">${who} &middot; <span class="small">${when}</span></div><button>Options</button><div class="post-body">${what}</div></div>`,
    'a name without a link, and a moment in a title': (who, when, what) =>
      `<div class="postItem"><div class="name"><span title="Member">${who}</span></div><div>Posts: 4958</div><span title="${when}">posted 6 years ago</span><div class="postText">${what}</div></div>`,
    'in another language': (who, when, what) =>
      `<div class="comment"><cite class="author">${who} sagt:</cite> <div class="date">Mitglied seit 3.5.2001</div><div class="date">${when}</div><div class="comment-body">${what}</div></div>`
  }
  for (const [name, forum] of Object.entries(forums)) {
    const [[, posts] = ['', []]] = postsIn(`<main>${TWO.map(post => forum(...post)).join('')}</main>`)
    const isTold = /^(microdata|links to profiles|a name without a link)/.test(name)
    t.same(posts, isTold ? TWO.map(([who, when, what]) => [who, dateText(when), what]) : TWO, name)
  }
  t.end()
})

t.test('comments of old weblogs, whose text has no element of its own or stands below the name as a definition', t => {
  const weblogs: Record<string, (who: string, what: string) => string> = {
    'a name and a verb': (who, what) =>
      `<li class="alt" id="comment-8"><cite>${who}</cite> schreibt:<br><small><a href="#8">9. Oktober 2009 um 07:12</a></small><p>${what}</p></li>`,
    'a name, a mark and a day': (who, what) =>
      `<div class="kommentar"><div>Skrivet av: ${who} | 9. Oktober 2009 20:01</div><div>${what}</div><a href="#">Svara</a></div>`,
    'a line for each': (who, what) =>
      `<div class="comentario"><p>${who} disse:</p><p>9. Oktober 2009 às 08:15</p><p>${what}</p></div>`
  }
  for (const [name, comment] of Object.entries(weblogs)) {
    const { survey } = knownContent(
      `<main>${comment('ada', 'Which oil?')}${comment('ben', 'Colza.')}</main>`,
      {}
    ).content
    const [{ posts } = { posts: [] }] = findPosts(survey, false)
    t.same(
      posts.map(({ who, when }) => [who, when.slice(0, 15)]),
      [
        ['ada', '9. Oktober 2009'],
        ['ben', '9. Oktober 2009']
      ],
      name
    )
    const written = posts.map(({ region, beside }) =>
      survey.blocks.slice(region.first, region.end).filter(({ texts }) => !beside?.has(texts[0]!))
    )
    t.same(
      written.flat().map(({ text }) => text.trim()),
      ['Which oil?', 'Colza.'],
      name
    )
  }
  const term = (who: string, what: string): string =>
    `<dt>${who} hat gesagt…</dt><dd class="comment-body">${what}</dd><dd class="comment-footer">14. September 2014 um 11:20</dd>`
  t.same(postsIn(`<dl>${term('ada', 'Which oil?')}${term('ben', 'Colza.')}</dl>`), [
    [
      'comment',
      [
        ['ada', '14. September 2014', 'Which oil?'],
        ['ben', '14. September 2014', 'Colza.']
      ]
    ]
  ])
  const lamps = '<div class="comment-list"><p>Ada says:</p><p>Lamps burn.</p></div>'
  t.same(postsIn(`<main>${lamps}</main>`), [], 'what is around comments is none')
  t.same(postsIn('<main><div class="comment"><p>Lamps burn.</p></div></main>'), [], 'nor what nobody has signed')
  t.end()
})

t.test('a name with the day of the week, and the hour and the way to an answer behind the date', t => {
  const said = { who: 'ada', when: '12. Mär 2012, 18:03' }
  t.same(signedText('von ada » Mo 12. Mär 2012, 18:03'), said)
  t.same(signedText('ada am 4. März 2009 um 09:10 Antworten'), { who: 'ada', when: '4. März 2009' })
  t.same(signedText('ada schreibt: 9. Oktober 2009 um 07:12'), { who: 'ada', when: '9. Oktober 2009' })
  for (const none of [
    'Geschrieben am 4. März 2009',
    'Registriert: So 4. März 2012, 10:00',
    'On 4 March 2009 the lamp was lit',
    '4. März 2009'
  ])
    t.equal(signedText(none), undefined, none)
  t.end()
})

t.test('a verb in front of a date is no name', t => {
  const post = (what: string): string =>
    `<div class="answer"><div>answered Jun 27, 2016 at 13:02</div><div class="post-body">${what}</div></div>`
  t.same(postsIn(`<main>${post('Colza.')}${post('Fish oil.')}</main>`), [])
  t.end()
})

t.test('who wrote the first post is not who wrote the last one, and a name has no initials before it', t => {
  const post = (who: string, what: string): string =>
    `<div class="post"><a class="author" href="/members/${who}"><svg><text>AB</text></svg> ${who}</a> <time>May 3, 2020</time><div class="post-body">${what}</div></div>`
  const [[, posts] = ['', []]] = postsIn(
    `<main><div><p>3 replies <span>\n              last post by&nbsp;<a href="/members/zed">zed</a> <time>May 9, 2021</time></span></p>${post('ada', 'Which oil?')}</div>${post('ben', 'Colza.')}</main>`
  )
  t.same(posts, [
    ['ada', 'May 3, 2020', 'Which oil?'],
    ['ben', 'May 3, 2020', 'Colza.']
  ])
  t.end()
})

t.test('who wrote a post is not who changed it, nor is it from when somebody became a member', t => {
  const signed = (done: string, who: string, when: string): string =>
    `<div class="signature"><div class="action-time">${done} <span class="relativetime">${when}</span></div><div><a href="/users/${who}">${who}</a><span>3,483</span></div></div>`
  const changed = (what: string, who: string, when: string): string =>
    `<div class="post"><div class="post-body">${what}</div><div>${signed('edited', 'zed', 'May 9, 2021')}${signed('answered', who, when)}</div></div>`
  const member = (what: string, who: string): string =>
    `<div class="message"><a class="username" href="/members/${who}">${who}</a><dl><dt>Joined</dt><dd>Nov 4, 2011</dd></dl><time datetime="2020-05-03T10:00:00+0200">Yesterday at 10:00 AM</time><div class="message-body">${what}</div></div>`
  const [[, answers] = ['', []]] = postsIn(
    `<main>${changed('Colza.', 'ada', 'May 3, 2020')}${changed('Rape.', 'ben', 'May 4, 2020')}</main>`
  )
  t.same(answers, [
    ['ada', 'May 3, 2020', 'Colza.'],
    ['ben', 'May 4, 2020', 'Rape.']
  ])
  const [[, messages] = ['', []]] = postsIn(`<main>${member('Colza.', 'ada')}${member('Rape.', 'ben')}</main>`)
  t.same(messages, [
    ['ada', '3 May 2020, 08:00 UTC', 'Colza.'],
    ['ben', '3 May 2020, 08:00 UTC', 'Rape.']
  ])
  t.end()
})

t.test('what is no post', t => {
  t.same(postsIn('<div class="post-body">One</div><div class="post-body">Two</div>'), [], 'nobody has signed them')
  t.same(
    postsIn('<div><b class=author>ada</b><div class="post-body">An article</div></div>'),
    [],
    'one alone is the article'
  )
  t.same(
    postsIn('<div><b class=author>ada</b><div class="comment-body">Good</div></div>').map(([name]) => name),
    ['comment'],
    'but a comment alone is one'
  )
  t.same(
    postsIn(
      '<div class="post"><div class="post-meta"><b class="author">Ada</b></div><div class="post-footer">x</div></div>'
    ),
    [],
    'nor what stands around one'
  )
  t.same(
    postsIn(
      '<div class=a hidden><b class=author>ada</b><div class="post-body">Same</div></div><div class=a><b class=author>ada</b><div class="post-body">Same</div></div>'
    ).map(([, posts]) => posts.length),
    [1],
    'a post that is there twice is one'
  )
  t.end()
})

t.test('comments of a text, counted above them, are no thread', t => {
  const sentence = 'Trim the wick each day, fill the lamp in daylight, and keep the glass clean of soot and of oil. '
  const post = (who: string): string =>
    `<li class="comment"><a class="author" href="/members/${who}">${who}</a> <time>May 3, 2020</time><div class="comment-body"><p>${who} says: ${sentence.repeat(5)}</p></div></li>`
  const isThread = (text: string, heading: string): boolean => {
    const { content } = knownContent(
      `<main><h1>Lamp</h1><p>${text}</p><h4>${heading}</h4><ol>${['ada', 'ben', 'cy', 'dot', 'eve'].map(post).join('')}</ol></main>`,
      { '': 0.9 }
    )
    const groups = findPosts(content.survey, false)
    t.equal(groups.length, 1)
    return (
      threadOf({ content, told: readTold({ body: createElement('body'), data: [] }), title: 'Lamp' }, groups) !==
      undefined
    )
  }
  t.notOk(isThread(sentence.repeat(10), '5 comments:'))
  t.ok(isThread(sentence, '5 comments:'), 'a short text is the first post')
  t.ok(isThread(sentence.repeat(10), 'Answers'))
  t.end()
})

t.test('answers below a title that asks, and what stands in a forum, are a thread without data that say so', t => {
  const sentence = 'Trim the wick each day, fill the lamp in daylight, and keep the glass clean of soot and of oil. '
  const post = (name: string, who: string): string =>
    `<div class="${name}"><a class="author" href="/members/${who}">${who}</a> <time>May 3, 2020</time><div class="content"><p>${who}: ${sentence}</p></div></div>`
  const isThread = (name: string, title: string, around = 'main'): boolean => {
    const { content } = knownContent(
      `<div class="${around}"><h1>${title}</h1><div><p>${sentence.repeat(4)}</p></div>${post(name, 'ada')}${post(name, 'ben')}</div>`,
      { '': 0.9 }
    )
    const told = readTold({ body: createElement('body'), data: [] })
    return threadOf({ content, told, title }, findPosts(content.survey, false)) !== undefined
  }
  t.ok(isThread('answer', 'Which oil burns best?'))
  t.notOk(isThread('answer', 'Oil that burns best'))
  t.notOk(isThread('comment', 'Which oil burns best?'))
  t.ok(isThread('comment', 'Oil that burns best', 'node-forum'))
  t.end()
})
