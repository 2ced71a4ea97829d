import type { Step } from '../step.js'
import { isRoleTable, makeTable } from '../tables/role-tables.js'
import { walk, type Element } from '../tree/tree.js'

/**
 * Makes tables of elements that say by their roles that they are one: in lines, their values would run into each other,
 * and the empty ones would be missing.
 */
export const roleTables: Step = {
  name: 'role-tables',
  run({ body, names }) {
    const tables: Element[] = []
    walk(body, element => {
      if (isRoleTable(element)) tables.push(element)
    })
    if (tables.map(makeTable).includes(true)) for (const name of ['table', 'tbody', 'tr', 'td', 'th']) names.add(name)
  }
}
