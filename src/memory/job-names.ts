import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'
import type { PageJob } from '../page/job.js'

const hashOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('base64url')

/** A name of plain data, maps and sets among them. */
const nameOfData = (data: unknown): string => hashOf(serialize(data))

/** Names of what conversions are made of: two with the same name give the same. */
export interface JobNames {
  /** Of bytes or plain data: what is the same object as before, as profiles are and style sheets, is read once */
  of(thing: object): string
  /** Of a conversion, but for whose short addresses are in it */
  ofPage(job: PageJob): string
  ofData(data: unknown): string
}

export function createJobNames(): JobNames {
  const names = new WeakMap<object, string>()
  function nameOf(thing: object): string {
    const name = names.get(thing) ?? (thing instanceof Uint8Array ? hashOf(thing) : nameOfData(thing))
    names.set(thing, name)
    return name
  }
  return {
    of: nameOf,
    ofData: nameOfData,
    ofPage: ({ bytes, profile, display, sheets, imageSizes, addressSecret: _, ...plain }) =>
      nameOfData([
        nameOf(bytes),
        nameOf(profile),
        nameOf(display),
        sheets?.map(sheet => [sheet.url, sheet.contentType, nameOf(sheet.bytes)]),
        imageSizes,
        plain
      ])
  }
}
