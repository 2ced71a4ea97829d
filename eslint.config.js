import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import patterns from './lint/patterns.config.js'

/** A function is read at once: so many lines. */
const MOST_LINES = 60
/** A function of more parameters takes an object. */
const MOST_PARAMETERS = 3
/** Those that wait to be changed; none is added. */
const MORE_PARAMETERS = [
  'src/page/css/read-sheets.ts',
  'src/page/css/selector.ts',
  'src/page/css/shape.ts',
  'src/page/images/image-maps.ts',
  'src/page/menus/menus.ts',
  'src/page/read/read-results.ts',
  'src/page/read/readers.ts',
  'src/page/steps/apply-styles.ts',
  'src/page/steps/mark-forms.ts',
  'src/page/steps/plain-images.ts',
  'src/page/write/open-element.ts',
  'src/page/write/preformatted.ts',
  'src/page/write/serialize.ts'
]

export default tseslint.config(
  { ignores: ['dist/', '.build/', '.tap/', 'node_modules/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // What is made by a function has no `this`: its methods may be taken from it.
      '@typescript-eslint/unbound-method': 'off',
      // `return void end()` ends early where nothing is returned.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Characters that are looked for one by one are those of one code unit or two, not what people take for one letter.
      '@typescript-eslint/no-misused-spread': 'off',
      'no-misleading-character-class': 'off',
      // What browsers and sites send has control characters, and they are looked for.
      'no-control-regex': 'off',
      // Node types the sockets of its servers as Duplex.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Commands, and what answers, have one type each, whether they wait or not.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true }
      ],
      'no-empty': ['error', { allowEmptyCatch: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
      ],
      // A number is written in one way.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => timer.unref()` is how a callback of one call is written here.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true, ignoreVoidReturningFunctions: true }
      ]
    }
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // A test says which errors it waits for, and looks at what types say cannot be.
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'preserve-caught-error': 'off',
      // Options of fast-check, and a property of TypeScript, whose successors are not in all versions that are allowed.
      '@typescript-eslint/no-deprecated': 'off',
      // tap waits for the tests of a file by itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafePromises: [{ from: 'package', package: '@tapjs/core', name: 'PromiseWithSubtest' }] }
      ]
    }
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: MOST_LINES }] }
  },
  {
    files: ['src/**/*.ts'],
    ignores: MORE_PARAMETERS,
    rules: { '@typescript-eslint/max-params': ['error', { max: MOST_PARAMETERS }] }
  },
  patterns
)
