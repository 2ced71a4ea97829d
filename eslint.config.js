import js from '@eslint/js'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'
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

export default tseslint.config(
  { ignores: ['dist/', '.build/', '.tap/', 'node_modules/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } }
  },
  linearPatterns
)
