import t from 'tap'
import { convertPage, displayOf, jobFor, profileOf } from '../../../helpers/context.js'

const CHOICES = `<form action="/sail"><select name="to"><option value="n">The northern harbour, upper quay
  <option>The northern harbour, lower pier<option value="s">South
  <option value="e">An island that lies very far in the east</select></form>`

function choices(profile: string, display: string, markup = CHOICES): string[] {
  const job = jobFor(Buffer.from(`<!doctype html><title>Ferry</title>${markup}`), profileOf(profile))
  const page = Buffer.from(convertPage({ ...job, display: displayOf(display) }).body).toString('latin1')
  return [...page.matchAll(/<OPTION.*/g)].map(([option]) => option.replace(/<\/SELECT>.*/, ''))
}

t.test('choices are no wider than a Palm, and those that begin alike have their ends', async t => {
  t.strictSame(choices('pda', 'pda160'), [
    '<OPTION VALUE=n>The northern...r quay',
    '<OPTION VALUE="The northern harbour, lower pier">The northern...r pier',
    '<OPTION VALUE=s>South',
    '<OPTION VALUE=e>An island that lie...'
  ])
})

t.test('those that begin and end alike have what stands between', async t => {
  const markup = `<form action="/sail"><select name="to"><option value="n">The northern harbour, upper quay, by night
    <option value="s">The northern harbour, old quay, by night<option value="w">The northern harbour, old quay, by night
    <option value="e">The northern harbour, at sea \u{1F600}night</select></form>`
  t.strictSame(choices('pda', 'pda160', markup), [
    '<OPTION VALUE=n>The...upper quay,...',
    '<OPTION VALUE=s>The...old quay, by...',
    '<OPTION VALUE=w>The...old quay, by...',
    '<OPTION VALUE=e>The northern...night'
  ])
})

t.test('on a screen that has room for them they stay', async t => {
  t.match(choices('nav3', 'col256')[0], /upper quay$/)
  const long = CHOICES.replace('quay', `quay${', and then the one behind it'.repeat(4)}`)
  t.match(choices('nav3', 'col256', long)[0], /behind it$/, 'nor where the browser scrolls to the side')
})
