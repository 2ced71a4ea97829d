import { getStaticValue } from '@eslint-community/eslint-utils'

/** What a regular expression is made of, as far as it can be told without running the program. */
function patternOf(node, scope) {
  if (node.type === 'Literal')
    return node.regex === undefined ? undefined : { source: node.regex.pattern, flags: node.regex.flags }
  const [source, flags] = node.arguments.map(argument => getStaticValue(argument, scope))
  if (source === null || source === undefined || flags === null) return undefined
  // A copy of another one, which is looked at where it stands.
  if (source.value instanceof RegExp) return { source: source.value.source, flags: source.value.flags }
  return { source: String(source.value), flags: flags === undefined ? '' : String(flags.value) }
}

const isMade = ({ callee }) => callee.type === 'Identifier' && callee.name === 'RegExp'

/** A rule that is told of each place where a regular expression is made; `found` is undefined where nobody can tell. */
const ruleOf = (messages, look) => ({
  meta: { type: 'problem', messages, schema: [] },
  create(context) {
    const see = node => look(context, node, patternOf(node, context.sourceCode.getScope(node)))
    const made = node => {
      if (isMade(node)) see(node)
    }
    return { 'Literal[regex]': see, NewExpression: made, CallExpression: made }
  }
})

/**
 * Regular expressions for those that meet what strangers send. `known`: no pattern is put together while the program runs,
 * where no analyser sees it. `list`: reports each as JSON, for test/cost/patterns.test.ts.
 */
export default {
  rules: {
    known: ruleOf(
      { unknown: 'Nobody can tell whether this pattern is linear: write it as a constant, or say why it is.' },
      (context, node, found) => {
        if (found === undefined) context.report({ node, messageId: 'unknown' })
      }
    ),
    list: ruleOf({ found: '{{ pattern }}' }, (context, node, found) => {
      if (found !== undefined) context.report({ node, messageId: 'found', data: { pattern: JSON.stringify(found) } })
    })
  }
}
