import type { PageJob, PageResult } from '../../page/convert.js'
import { isSameSite } from '../../page/article/other-form.js'
import { askerOf } from '../../request/asker.js'
import type { PageServices } from '../../request/services.js'
import type { Fetched } from '../../request/visit-state.js'

/** The other form of a page must have this many times its text, because the page itself is what was requested. */
const MUCH_MORE = 1.25

/**
 * What the reader shows: if the article of a page is short, that of its AMP or print form, if it is longer there. This
 * takes one request and never a second one, whatever the other form links to.
 */
export async function fullerArticle(
  { visit: { request }, response: { status, attempts, traffic } }: Fetched,
  { job, result }: { readonly job: PageJob; readonly result: PageResult },
  { fetchPage, workers }: PageServices
): Promise<PageResult> {
  if (result.otherForm === undefined || status !== 200 || result.redirect !== undefined) return result
  const fetched = await fetchPage(new URL(result.otherForm), request.signal, { attempts, traffic })
  if (fetched === undefined || !isSameSite(fetched.url, new URL(job.url))) return result
  const { cut: _, refresh: __, ...same } = job
  try {
    const other = await workers.page(
      {
        ...same,
        bytes: fetched.bytes,
        contentType: fetched.contentType,
        url: fetched.url.href,
        sheets: [],
        formOf: job.url
      },
      askerOf(request)
    )
    return (other.articleLength ?? 0) > MUCH_MORE * (result.articleLength ?? 0) ? other : result
  } catch {
    return result
  }
}
