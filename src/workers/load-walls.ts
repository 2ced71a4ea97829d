import { readRules } from '../config/read-rules.js'
import type { RulesFolder } from '../config/layers/rules-folder.js'
import type { WallRules } from '../page/wall-rules.js'

/**
 * Who stands before the pages of sites.
 * @throws RulesError naming file, line, field and reason.
 */
export const loadWalls = (folder: RulesFolder): WallRules => readRules<WallRules>(folder, 'walls').value
