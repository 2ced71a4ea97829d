const LEFT_OUT = '[A field is left out here: it is too long for this browser.]'
const MORE = ' [The list has more, which is too long for this browser.]'
const END = '</SELECT>'

/** The tag of a choice that is selected; its value may say so as well. */
const SELECTED = /^<OPTION\b(?:[^>"]|"[^"]*")*? SELECTED/

/** What a control may take, in the unit that its text is measured in. */
interface Room {
  readonly bytes: (text: string) => number
  readonly most: number
}

/**
 * What stands in the place of a control that is too long for a part of a page: a list with as many of its choices as fit,
 * those that are selected among them; of any other control, a line that says so.
 */
export function shortened(control: string, { bytes, most }: Room): string {
  const [start = '', ...written] = control.startsWith('<SELECT') ? control.split(/(?=<OPTION\b)/) : []
  const options = written.map(option => option.replace(END, ''))
  const isSelected = (option: string): boolean => SELECTED.test(option)
  let left = most - bytes(start + END + MORE)
  for (const option of options) if (isSelected(option)) left -= bytes(option)
  if (options.length === 0 || left < 0) return LEFT_OUT
  const kept = options.filter(option => {
    if (isSelected(option)) return true
    left -= left > 0 ? bytes(option) : 0
    return left > 0
  })
  return kept.length === 0 ? LEFT_OUT : start + kept.join('') + END + MORE
}
