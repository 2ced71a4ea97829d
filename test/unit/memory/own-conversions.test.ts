import t from 'tap'
import { keepOwnConversions, type OwnPageJob } from '../../../src/memory/own-conversions.js'
import type { PageJob } from '../../../src/page/job.js'
import { displayOf, profileOf } from '../../helpers/context.js'

const job: PageJob = {
  bytes: Buffer.from('<p>Our page'),
  contentType: 'text/html',
  url: 'http://retrograde/',
  profile: profileOf('nav3'),
  display: displayOf('col256'),
  choices: { images: 'inline', originalSource: 'bottom' },
  portal: 'http://retrograde',
  gateway: '',
  addressSecret: 'one',
  originBytes: 11,
  maxElements: 1000,
  view: 'portal'
}

t.test('a page of ours is converted once for all that it depends on', async t => {
  const asked: PageJob[] = []
  const convert = keepOwnConversions(one => {
    asked.push(one)
    const body = Buffer.from(`page ${asked.length}`)
    return {
      body,
      bodies: [body],
      contentType: 'text/html',
      images: [],
      imageAddresses: [],
      addresses: [],
      failures: []
    }
  })
  const first = convert(job)
  t.equal(convert({ ...job, bytes: Buffer.from('<p>Our page') }), first, 'the same bytes are the same page')
  t.equal(convert({ ...job, profile: { ...job.profile } }), first, 'and so is the same profile')
  for (const other of [
    { bytes: Buffer.from('<p>Other') },
    { profile: profileOf('mosaic') },
    { display: { ...job.display, width: 320 } },
    { addressSecret: 'two' },
    { gateway: 'http://10.0.0.1/' }
  ] satisfies Array<Partial<PageJob>>)
    t.not(convert({ ...job, ...other }), first, Object.keys(other).join())
  t.equal(asked.length, 6)
  for (let at = 0; at < 3000; at++) convert({ ...job, addressSecret: `many ${at}` })
  t.not(convert(job), first, 'what was used longest ago goes when there are too many')
})

t.test('a page that is given again is found by itself, for each client', async t => {
  let converted = 0
  const convert = keepOwnConversions(() => {
    converted++
    const body = Buffer.from(`page ${converted}`)
    return {
      body,
      bodies: [body],
      contentType: 'text/html',
      images: [],
      imageAddresses: [],
      addresses: [],
      failures: []
    }
  })
  const page = { text: '<p>Our page' }
  const first = convert(job, page)
  t.equal(convert({ ...job, choices: { ...job.choices } }, page), first, 'the same choices are the same job')
  const otherChoices: Required<OwnPageJob['choices']> = {
    images: 'off',
    originalSource: 'off',
    feedLinks: 'on',
    archiveLink: 'on',
    figures: 'off',
    colours: 'mono'
  }
  const others: Omit<Required<OwnPageJob>, 'bytes' | 'choices'> = {
    contentType: 'text/plain',
    url: 'http://10.0.0.1/',
    view: 'page',
    profile: profileOf('mosaic'),
    display: { ...job.display, width: 320 },
    portal: 'http://10.0.0.1',
    gateway: 'http://10.0.0.1/',
    addressSecret: 'two',
    originBytes: 12,
    maxElements: 999,
    parts: { address: 'http://10.0.0.1/', number: 2 }
  }
  const different = [
    ...Object.entries(others).map(([name, value]) => ({ [name]: value })),
    ...Object.entries(otherChoices).map(([name, value]) => ({ choices: { ...job.choices, [name]: value } }))
  ]
  for (const other of different) t.not(convert({ ...job, ...other }, page), first, JSON.stringify(other).slice(0, 80))
  t.equal(convert(job, page), first, 'it is still there after others')
  const before = converted
  t.not(convert(job, { text: '<p>Other' }), first, 'another page is another')
  t.equal(converted, before + 1)
})
