import type { ReadBody } from '../origin/body.js'
import { hintsForImages } from '../page/address-hints.js'
import type { PageJob } from '../page/convert.js'
import { blankImage, isInlineImage } from './image.js'
import { imageSizes } from './page-image-sizes.js'
import { linkedSheets } from './linked-sheets.js'
import { personalOf } from './personal.js'
import { pageJob } from './page-job.js'
import { keepParts, partsWanted } from './parts.js'
import { sendOn } from './redirect.js'
import type { OriginResponse, Visit, Visited, Wanted } from './visit-state.js'

const CUT: Readonly<Record<NonNullable<ReadBody['cut']>, string>> = {
  size: 'The page is longer; this proxy stops here.',
  time: 'The page took too long; its end is missing.',
  broken: 'The connection to the site was lost; the end of the page is missing.'
}

/** To the front page of the news that the person came from. */
function backTo ({ portal, stages: { news } }: Visit, { edition }: Wanted): Pick<PageJob, 'back'> {
  const name = edition === undefined ? undefined : news.editions.get(edition)?.name
  return name === undefined ? {} : { back: { address: `${portal}/news?edition=${edition!}`, text: `the ${name} front page` } }
}

/** A page of today as a page of the client's time. */
export async function pageAnswer (visit: Visit, wanted: Wanted, response: OriginResponse, read: ReadBody): Promise<Visited> {
  const { request, stages, client } = visit
  if (isInlineImage(visit, wanted) && response.status >= 400) return blankImage()
  const page = { bytes: read.bytes, contentType: response.headers['content-type'] ?? '', url: response.url.href, view: wanted.view === 'image' ? 'page' as const : wanted.view }
  const [sheets, sizes] = await Promise.all([linkedSheets(visit, wanted, response, read.bytes), imageSizes(visit, wanted, response, read.bytes)])
  const { refresh } = response.headers
  const parts = partsWanted(visit, wanted)
  const job: PageJob = {
    ...pageJob(visit, page),
    sheets,
    imageSizes: sizes,
    imageHints: hintsForImages(visit.hints),
    ...backTo(visit, wanted),
    ...(parts === undefined ? {} : { parts }),
    ...(read.cut === undefined ? {} : { cut: CUT[read.cut] }),
    ...(typeof refresh === 'string' ? { refresh } : {})
  }
  const result = await stages.workers.page(job, request.signal)
  const { body, contentType, images, addresses, redirect } = result
  const personal = personalOf(visit, response)
  if (redirect !== undefined && response.status === 200) return sendOn(visit, wanted, redirect, personal)
  stages.inlineImages.add(images)
  stages.shortAddresses.add(addresses)
  const status = response.status >= 400 && !client.profile.errorStatus ? 200 : response.status
  keepParts(visit, wanted, result, status)
  return { kind: 'page', status, headers: { ...personal, 'content-type': contentType }, body: Buffer.from(body), originBytes: read.bytes.length }
}
