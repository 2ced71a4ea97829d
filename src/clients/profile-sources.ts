import { readRuleFile, type FieldPlace, type RuleFile } from '../config/read-rules.js'
import { layersOf, type RulesFolder } from '../config/layers/rules-folder.js'
import { isFields, type Fields } from './overlay.js'

/** A value of a profile, and where it was said. */
export interface SaidValue {
  readonly value: unknown
  readonly file: string
  /** From 1 */
  readonly line: number
}

/** A profile field by field, as its files say it one over the other. */
export interface SaidFields {
  readonly [field: string]: SaidValue | SaidFields
}

export const isSaidValue = (said: SaidValue | SaidFields): said is SaidValue => typeof said.file === 'string'

/** The file of a profile, then that of the one that it extends, and so on. The files are known to be right. */
export function profileFiles(folder: RulesFolder, id: string): RuleFile[] {
  const rules = readRuleFile(layersOf(folder, `profiles/${id}.yaml`).at(-1)!)
  const { extends: parent } = rules.value as Fields
  return [rules, ...(typeof parent === 'string' ? profileFiles(folder, parent) : [])]
}

/** As overlay(): field by field, null takes one away. */
function over(below: SaidFields, fields: Fields, place: FieldPlace): SaidFields {
  const { rules, path } = place
  const result: Record<string, SaidValue | SaidFields> = { ...below }
  for (const [name, value] of Object.entries(fields)) {
    const here = [...path, name]
    const there = result[name]
    if (value === null) Reflect.deleteProperty(result, name)
    else if (isFields(value))
      result[name] = over(there === undefined || isSaidValue(there) ? {} : there, value, { rules, path: here })
    else result[name] = { value, file: rules.file, line: rules.line(here) }
  }
  return result
}

/** What a profile is in the end, each value with the file and the line that it comes from. */
export function profileSources(files: readonly RuleFile[]): SaidFields {
  return files.toReversed().reduce<SaidFields>((below, rules) => {
    const { extends: _, ...own } = rules.value as Fields
    return over(below, own, { rules, path: [] })
  }, {})
}
