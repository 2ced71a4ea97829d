import t from 'tap'
import { convertPage, jobFor, profileOf } from '../../../helpers/context.js'

const shown = (markup: string): string =>
  Buffer.from(convertPage(jobFor(Buffer.from(`<!doctype html><title>Ferry</title>${markup}`), profileOf('nav3'))).body)
    .toString('latin1')
    .replace(/<\/T[RDH]>/g, '')
    .replace(/\s+/g, ' ')

t.test('a row without cells that a cell above spans takes no other row from below', async t => {
  const page = shown(
    '<table><tr><th>Pier<th>Out<th>Back<tr><td rowspan=2>North<td rowspan=2>8:10<td rowspan=2>9:10</tr><tr></tr>' +
      '<tr><td>South<td>10:00<td>11:00</table>'
  )
  t.match(page, /<TR> ?<TD>North ?<TD>8:10 ?<TD>9:10 ?<TR> ?<TD>South ?<TD>10:00 ?<TD>11:00/)
})

t.test('a cell that spans rows with and without cells spans those that are shown', async t => {
  const page = shown(
    '<table><tr><th>Pier<th>Out<th>Back<tr><td rowspan=3>North<td rowspan=2>8:10<td>9:10</tr><tr></tr>' +
      '<tr><td>12:10<td>13:10<tr><td>South<td>10:00<td>11:00</table>'
  )
  t.match(page, /<TD ROWSPAN=2>North ?<TD>8:10 ?<TD>9:10 ?<TR> ?<TD>12:10 ?<TD>13:10 ?<TR> ?<TD>South/)
})

t.test('a column that is named by the button which would sort by it keeps its name', async t => {
  const page = shown(
    '<table><tr><th><button>Pier</button><th><div><button type=button>Boats</button></div><th>Sails' +
      '<tr><td>North<td>4<td>9<tr><td>South<td>2<td>5</table>'
  )
  t.match(page, /<TH>Pier ?<TH>Boats ?<TH>Sails/)
})

t.test('a button beside the name of a column is no part of it', async t => {
  const page = shown(
    '<table><tr><th>Pier <button>Sort</button><th>Boats<th>Sails<tr><td>North<td>4<td>9' +
      '<tr><td>South<td>2<td>5</table>'
  )
  t.match(page, /<TH>Pier ?<TH>Boats/)
  t.notMatch(page, /Sort/)
})
