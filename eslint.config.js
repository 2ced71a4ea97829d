import parser from '@typescript-eslint/parser'
import regexp from 'eslint-plugin-regexp'
import patterns from './lint/patterns.js'

/**
 * Time of every pattern grows with what it reads, not with its square: whatever a site or a client sends, nobody waits
 * (docs/security.md). test/patterns.test.ts has recheck prove the same, and looks at the patterns of rules/.
 */
const linearPatterns = {
  files: ['src/**/*.ts'],
  plugins: { regexp, patterns },
  rules: {
    'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
    // A sticky pattern is tried at one place alone.
    'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: true }],
    'patterns/known': 'error'
  }
}

export default [
  { ignores: ['dist/', '.bench/', '.tap/', 'node_modules/'] },
  { files: ['**/*.ts'], languageOptions: { parser }, linterOptions: { reportUnusedDisableDirectives: 'off' } },
  linearPatterns
]
