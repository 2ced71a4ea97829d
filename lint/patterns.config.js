import parser from '@typescript-eslint/parser'
import regexp from 'eslint-plugin-regexp'
import patterns from './patterns.js'

/**
 * Time of every pattern grows with what it reads, not with its square: whatever a site or a client sends, nobody waits
 * (docs/security.md). test/cost/patterns.test.ts has recheck prove the same, and looks at the patterns of rules/.
 */
export default [
  {
    files: ['src/**/*.ts'],
    languageOptions: { parser },
    plugins: { regexp, patterns },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      // A sticky pattern is tried at one place alone.
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: true }],
      'patterns/known': 'error'
    }
  }
]
