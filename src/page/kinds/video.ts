import { clock } from '../article/clock.js'
import { imageIn, namesIn, objectIn, plainOf, textIn } from '../told/fields.js'
import { toldOf } from '../told/told.js'
import { dateText } from '../read/date-text.js'
import type { Kind } from './kind.js'
import { addParagraphs, addPicture, dropSaid } from './parts.js'

/** What is about something else, and has a video within it. */
const OTHER = /(Article|BlogPosting|Product|Recipe|Event)$/

/** A video: its title, who shows it, how long it is and since when it is there. */
export const video: Kind = ({ told }) => {
  const videos = toldOf(told, /^VideoObject$/).filter(({ name }) => textIn(name) !== '')
  const [video] = videos
  if (video === undefined || videos.length > 1 || toldOf(told, OTHER).length > 0) return undefined
  const name = plainOf(textIn(video.name))
  const channel = namesIn(video.author) || namesIn(objectIn(video.publisher)) || namesIn(video.creator)
  const date = textIn(video.uploadDate) || textIn(video.datePublished)
  const facts = [plainOf(channel), clock(textIn(video.duration)), date === '' ? '' : dateText(date)].filter(
    fact => fact !== ''
  )
  return article => {
    const { content } = article
    dropSaid(content, [name, ...facts])
    addPicture(content, imageIn(video.thumbnailUrl) || imageIn(video.thumbnail), name)
    addParagraphs(content, textIn(video.description))
    return { ...article, title: name, facts }
  }
}
