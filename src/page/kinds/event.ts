import { imageIn, isFields, listOf, namesIn, objectIn, plainOf, textIn } from '../told/fields.js'
import { toldOf } from '../told/told.js'
import { dateText } from '../read/date-text.js'
import type { Kind } from './kind.js'
import { addParagraphs, addPicture, dropSaid } from './parts.js'

/** A moment in the time of its place, as it is written: an event begins at seven where it is, whatever the zone. */
function localTime(value: unknown): { day: string; time: string } {
  const [, day = '', time = ''] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?/.exec(textIn(value)) ?? []
  return { day: day === '' ? plainOf(textIn(value)) : dateText(day), time: time === '00:00' ? '' : time }
}

/** From when to when: 5 March 2026, 19:00 - 22:00. */
function whenText(start: unknown, end: unknown): string {
  const [from, to] = [localTime(start), localTime(end)]
  const written = ({ day, time }: { day: string; time: string }): string => (time === '' ? day : `${day}, ${time}`)
  if (to.day === '' || written(to) === written(from)) return written(from)
  return `${written(from)} - ${to.day === from.day ? to.time : written(to)}`.replace(/ - $/, '')
}

/** The name of a place and its address. */
function placeText(location: unknown): string {
  const place = objectIn(location)
  if (place === undefined) return plainOf(textIn(location))
  const address = isFields(place.address)
    ? ['streetAddress', 'addressLocality', 'addressRegion', 'addressCountry'].map(name =>
        textIn((place.address as Record<string, unknown>)[name])
      )
    : [textIn(place.address)]
  return plainOf(
    [...new Set([textIn(place.name), ...address].filter(text => text !== '' && !/^https?:/i.test(text)))].join(', ')
  )
}

/** An event: when, where and who. */
export const event: Kind = ({ told }) => {
  const events = toldOf(told, /(Event|Festival)$/).filter(({ startDate }) => textIn(startDate) !== '')
  const [event] = events
  if (event === undefined || events.length > 1) return undefined
  const who = namesIn(listOf(event.performer).length > 0 ? event.performer : event.organizer)
  const facts = [whenText(event.startDate, event.endDate), placeText(event.location), plainOf(who)].filter(
    fact => fact !== ''
  )
  const name = plainOf(textIn(event.name))
  return article => {
    const { content } = article
    dropSaid(content, [name, ...facts])
    addPicture(content, imageIn(event.image), name)
    addParagraphs(content, textIn(event.description))
    return { ...article, title: name || article.title, facts }
  }
}
