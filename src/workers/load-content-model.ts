import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RulesFolder } from '../config/layers/rules-folder.js'
import { readRules } from '../config/read-rules.js'
import { createReadIn, type LanguageRules } from '../page/content/languages.js'
import { createContentModel, type ContentModel, type ContentModelData } from '../page/content/content-model.js'

/** The learnt model lies beside the program's own rules; an operator's folder of rules has none. */
const FILE = fileURLToPath(new URL('../../rules/content/model.json', import.meta.url))

/** The learnt model. It is read at the first use, because the thread that makes our own pages never uses it. */
export function loadContentModel(rulesFolder: RulesFolder): ContentModel {
  const { value: languages } = readRules<LanguageRules>(rulesFolder, 'languages')
  let model: ContentModel | undefined
  return (survey, facts) => {
    model ??= createContentModel(JSON.parse(readFileSync(FILE, 'utf8')) as ContentModelData, createReadIn(languages))
    return model(survey, facts)
  }
}
