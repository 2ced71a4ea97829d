import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createContentModel, type ContentModel, type ContentModelData } from '../page/content/content-model.js'

/** What was learnt lies beside the rules of the program; a folder of rules of an operator's own has none. */
const FILE = fileURLToPath(new URL('../../rules/content/model.json', import.meta.url))

/** The model that was learnt. It is read when it is first asked, for the thread that serves our own pages never asks. */
export function loadContentModel(): ContentModel {
  let model: ContentModel | undefined
  return (survey, facts) => {
    model ??= createContentModel(JSON.parse(readFileSync(FILE, 'utf8')) as ContentModelData)
    return model(survey, facts)
  }
}
