import type { Profile } from '../clients/profile.js'
import { Surveyor } from './content/blocks.js'
import { HeadingsAbove } from './content/headings-above.js'
import { RowWriter } from './content/numbers.js'
import { createCascade } from './css/cascade.js'
import { TextParser } from './tree/text-parser.js'
import { createStartTag, type Writing } from './write/attributes.js'
import { Composer } from './write/composer.js'
import { Serializer } from './write/serializer.js'

/** An object of each large class that a page makes for itself: parser, cascade, survey and writer with all their parts. */
export function createKeptObjects(profile: Profile): readonly object[] {
  const same = (text: string): string => text
  const { elements, html: model, ampersand, preColumns: columns } = profile
  const writing: Writing = { filler: ' ', columns, model, ampersand, shorten: same, fold: same, text: same }
  const composer = new Composer(profile, writing)
  return [
    new TextParser({}),
    createCascade([], true),
    new Surveyor(() => false),
    new RowWriter(),
    new HeadingsAbove(),
    new Serializer(composer, writing, createStartTag(elements, writing))
  ]
}
