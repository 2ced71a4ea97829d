import type { RulesFolder } from '../config/layers/rules-folder.js'
import { loadFallbacks } from './load-fallbacks.js'
import { createSheetReader } from '../page/css/sheets/read-sheets.js'
import type { PageKnowledge } from '../page/knowledge.js'
import { loadContentModel } from './load-content-model.js'
import { loadWalls } from './load-walls.js'
import { loadPageLines, loadShareWords } from './load-words.js'

/**
 * All that a converter of pages is given, of a folder of rules.
 * @throws RulesError naming file, line, field and reason.
 */
export const loadPageKnowledge = (rulesFolder: RulesFolder): PageKnowledge => ({
  fallbacks: loadFallbacks(rulesFolder),
  contentModel: loadContentModel(rulesFolder),
  readSheets: createSheetReader(),
  shareWords: loadShareWords(rulesFolder),
  pageLines: loadPageLines(rulesFolder),
  walls: loadWalls(rulesFolder)
})
