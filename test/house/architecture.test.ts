import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import t from 'tap'
import ts from 'typescript'
import { MODULES, notGranted } from '../helpers/grants.js'
import { ROOT } from '../helpers/root.js'

const source = join(ROOT, 'src')
const MOST_LINES = 250
/** Lists, which are as long as what they name; and files that wait to be cut, which must not grow. Lines. */
const LONGER: Readonly<Record<string, number>> = {
  'config/settings.ts': 370,
  'failures.ts': 310
}

/**
 * The floors of the house, the ground first: a folder, or a file beside them, imports what stands before it and nothing
 * that stands after it, types included.
 */
const FLOORS: readonly string[] = [
  'bytes',
  'async',
  'failures.ts',
  'system-error.ts',
  'charset',
  'config',
  'guard',
  'front',
  'image',
  'store',
  'clients',
  'page',
  'origin',
  'search',
  'workers',
  'memory',
  'news',
  'portal',
  'tls',
  'sites',
  'decide',
  'request',
  'watch',
  'answers',
  'visit.ts',
  'forwarding.ts',
  'app.ts',
  'rules',
  'gate.ts',
  'compose.ts',
  'serve.ts',
  'doctor',
  'commands',
  'main.ts',
  'retrograde.cts'
]

/** The same within page/. */
const PAGE_FLOORS: readonly string[] = [
  'site-rule.ts',
  'wall-rules.ts',
  'tree',
  'colours',
  'told',
  'css',
  'content',
  'lists',
  'ruby',
  'shares',
  'addresses',
  'knowledge.ts',
  'step.ts',
  'job.ts',
  'outbox.ts',
  'forms',
  'read',
  'menus',
  'paging',
  'article',
  'posts',
  'kinds',
  'shell',
  'order',
  'tables',
  'images',
  'preformatted',
  'frames',
  'needs',
  'write',
  'steps',
  'steps.ts',
  'parts',
  'explain.ts',
  'kept-objects.ts',
  'convert.ts'
]

const MOST_LOOSE_FILES = 16
/** Lists of one kind, each a file. */
const LISTS = /^(page\/steps|portal)$/

/** Folders that must not know others: the transport knows nothing of HTML, the page nothing of HTTP. */
const FORBIDDEN: ReadonlyArray<{ from: RegExp; to: RegExp; why: string }> = [
  {
    from: /^page\//,
    to: /^((front|origin|guard|store)\/|image\/(?!(fit|formats)\.ts$))/,
    why: 'the page knows nothing of HTTP, and of images only how large they will be, and which formats there are'
  },
  { from: /^(origin|tls)\//, to: /^(page|image|portal|search|workers)\//, why: 'the transport knows nothing of HTML' },
  {
    from: /^sites\//,
    to: /^(?!sites\/|config\/(read-rules|layers\/rules-folder)\.ts$|page\/(site-rule|css\/selector)\.ts$)/,
    why: 'rules of sites are data: they know how rules are read, and what a selector is'
  },
  { from: /^image\//, to: /^(front|guard|charset)\//, why: 'the image knows nothing but images' },
  { from: /^charset\//, to: /^(?!charset\/)/, why: 'the charset knows nothing else' },
  { from: /^portal\//, to: /^(front|origin|workers)\//, why: 'our own pages know nothing of the transport' },
  { from: /^store\//, to: /^(?!store\/|system-error\.ts$)/, why: 'the store knows nothing else' }
]

function filesOf(folder: string, end = '.ts'): string[] {
  return readdirSync(folder).flatMap(name => {
    const file = join(folder, name)
    return statSync(file).isDirectory() ? filesOf(file, end) : name.endsWith(end) ? [file] : []
  })
}

interface SourceFile {
  /** Path below src/ */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
  /** Modules as they are written */
  readonly imports: ReadonlyArray<{ readonly from: string; readonly onlyTypes: boolean }>
  /** Those of them that are of the program, as paths below src/ */
  readonly needs: ReadonlyArray<{ readonly to: string; readonly onlyTypes: boolean }>
}

function isTypeImport(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (clause === undefined) return false
  const bindings = clause.namedBindings
  return (
    clause.isTypeOnly ||
    (clause.name === undefined &&
      bindings !== undefined &&
      ts.isNamedImports(bindings) &&
      bindings.elements.every(element => element.isTypeOnly))
  )
}

function importsOf(tree: ts.SourceFile): Array<{ from: string; onlyTypes: boolean }> {
  const found: Array<{ from: string; onlyTypes: boolean }> = []
  const look = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier !== undefined &&
      ts.isStringLiteral(node.moduleSpecifier)
    )
      found.push({ from: node.moduleSpecifier.text, onlyTypes: isTypeImport(node) })
    const argument = ts.isCallExpression(node) ? node.arguments[0] : undefined
    if (
      ts.isCallExpression(node) &&
      argument !== undefined &&
      ts.isStringLiteral(argument) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || /require/.test(node.expression.getText(tree)))
    )
      found.push({ from: argument.text, onlyTypes: false })
    ts.forEachChild(node, look)
  }
  look(tree)
  return found
}

/** A relative import as a path below src/. */
const below = (path: string, from: string): string =>
  relative(source, join(source, dirname(path), from)).replace(/\.js$/, '.ts')

const files: readonly SourceFile[] = filesOf(source).map(file => {
  const text = readFileSync(file, 'utf8')
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const path = relative(source, file)
  const imports = importsOf(tree)
  const needs = imports
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from, onlyTypes }) => ({ to: below(path, from), onlyTypes }))
  return { path, text, tree, imports, needs }
})

t.test('what may be imported where', async t => {
  t.ok(files.length > 100, 'the sources were found')
  for (const { path, needs } of files) {
    for (const { to, onlyTypes } of needs) {
      if (onlyTypes) continue
      for (const rule of FORBIDDEN)
        if (rule.from.test(path) && rule.to.test(to)) t.fail(`${path} imports ${to}: ${rule.why}`)
    }
  }
})

const parsed = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)

const floorOf = (path: string): string => path.split('/')[0]!

function climbs(floors: readonly string[], from: string, to: string): boolean {
  return from !== to && floors.indexOf(to) > floors.indexOf(from)
}

t.test('no import runs up', async t => {
  const known = new Set(files.map(({ path }) => floorOf(path)))
  t.strictSame(
    [...known].filter(floor => !FLOORS.includes(floor)),
    [],
    'every folder has its place'
  )
  t.strictSame(
    FLOORS.filter(floor => !known.has(floor) && floor !== 'retrograde.cts'),
    [],
    'every place has its folder'
  )
  for (const { path, needs } of files) {
    for (const { to } of needs) {
      const up =
        climbs(FLOORS, floorOf(path), floorOf(to)) ||
        (path.startsWith('page/') &&
          to.startsWith('page/') &&
          climbs(PAGE_FLOORS, floorOf(path.slice(5)), floorOf(to.slice(5))))
      if (up) t.fail(`${path} imports ${to}, which stands above it`)
    }
  }
})

t.test('files do not import each other in a circle', async t => {
  const imported = new Map(files.map(({ path, needs }) => [path, needs.map(({ to }) => to)] as const))
  const done = new Set<string>()
  const look = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) return void t.fail(`a circle: ${[...above.slice(above.indexOf(path)), path].join(' > ')}`)
    if (done.has(path)) return
    for (const next of imported.get(path) ?? []) look(next, [...above, path])
    done.add(path)
  }
  for (const path of imported.keys()) look(path, [])
})

t.test('no folder is too full, and no step is a library', async t => {
  const folders = new Map<string, number>()
  for (const { path } of files) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1)
  for (const [folder, many] of folders) {
    if (!LISTS.test(folder)) t.ok(many <= MOST_LOOSE_FILES, `${folder}: ${many} files`)
  }
  for (const { path, needs } of files) {
    for (const { to } of needs) {
      if (/^page\/steps\//.test(to) && path !== 'page/steps.ts') t.fail(`${path} imports the step ${to}`)
    }
  }
})

t.test('what is used is granted', async t => {
  for (const { path, tree } of files) for (const problem of notGranted(path, tree)) t.fail(problem)
  const packages = Object.keys(
    (JSON.parse(readFileSync(join(source, '../package.json'), 'utf8')) as { dependencies: object }).dependencies
  )
  t.strictSame(
    packages.filter(name => !MODULES.some(grant => grant.name === name)),
    [],
    'each package has its place'
  )
})

t.test('what is not granted is refused', async t => {
  const page = readFileSync(join(source, 'portal/go.ts'), 'utf8')
  t.strictSame(notGranted('portal/go.ts', parsed('go.ts', page)), [], 'a page of our own as it is')
  const ways: Readonly<Record<string, string>> = {
    'a global fetch': 'const text = await (await fetch(typed)).text()',
    'one in a member': 'const ask = { fetch }',
    'one by another name': 'const ask = fetch',
    'a global WebSocket': 'const socket = new WebSocket(typed)',
    'an EventSource': 'const events = new EventSource(typed)',
    'one of globalThis': 'const ask = globalThis.fetch(typed)',
    'one beside a parameter of that name': 'const run = (fetch: () => void) => fetch()\nconst text = fetch(typed)',
    'an unknown client': "import got from 'got'\ngot(typed)",
    'one that is loaded later': "const { default: got } = await import('got')",
    'one whose name is made': "const got = await import('go' + 't')",
    'names of hosts': "import { lookup } from 'node:dns'\nlookup(typed)",
    'names of hosts, with promises': "import { resolve } from 'node:dns/promises'\nresolve(typed)",
    'a module without its prefix': "import net from 'net'\nnet.connect(80, typed)",
    'a package that others may use': "import { request } from 'undici'\nrequest(typed)",
    'one that is handed on': "export { request } from 'undici'",
    'a module of the process': "const net = process.getBuiltinModule('net')",
    evaluation: 'const found = eval(typed)',
    'a program': "import { exec } from 'node:child_process'\nexec(typed)"
  }
  for (const [way, code] of Object.entries(ways))
    t.not(notGranted('portal/go.ts', parsed('go.ts', `${page}\n${code}`)).length, 0, way)
  const free =
    'export interface Fetcher { readonly fetch: (url: string) => void }\nexport const run = ({ fetch }: Fetcher) => fetch("a")\nexport const again = (fetcher: Fetcher) => fetcher.fetch("b")'
  t.strictSame(notGranted('portal/go.ts', parsed('go.ts', free)), [], 'a name of our own is none of these')
})

t.test('nothing is kept in modules', async t => {
  for (const { path, tree } of files) {
    for (const statement of tree.statements) {
      if (!ts.isVariableStatement(statement)) continue
      if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0)
        t.fail(`${path}: ${statement.getText(tree).slice(0, 60)} is not constant`)
      for (const declaration of statement.declarationList.declarations) {
        const value = declaration.initializer
        if (value === undefined || !ts.isNewExpression(value)) continue
        const name = value.expression.getText(tree)
        const type = declaration.type?.getText(tree) ?? ''
        if (/^(WeakMap|WeakSet|LRUCache|EventEmitter)$/.test(name))
          t.fail(`${path}: ${declaration.name.getText(tree)} is a ${name} that all visits share`)
        if (!/^(Map|Set)$/.test(name) || /^Readonly/.test(type)) continue
        const changed = new RegExp(`\\b${declaration.name.getText(tree)}\\.(set|add|delete|clear)\\(`).test(tree.text)
        if (changed || value.arguments === undefined || value.arguments.length === 0)
          t.fail(`${path}: ${declaration.name.getText(tree)} is a ${name} that changes`)
      }
    }
  }
})

t.test('marks in a row are bounded before any text is normalised', async t => {
  const calls = files.flatMap(({ path, tree }) => {
    const found: string[] = []
    const look = (node: ts.Node): void => {
      if (
        ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        node.expression.name.text === 'normalize'
      )
        found.push(path)
      ts.forEachChild(node, look)
    }
    look(tree)
    return found
  })
  t.strictSame(calls, ['charset/stream-safe.ts'])
})

t.test('files are short, and named by what they do', async t => {
  for (const { path, text } of files) {
    const lines = text.split('\n').length - 1
    const most = LONGER[path] ?? MOST_LINES
    if (lines > most) t.fail(`${path} has ${lines} lines; ${most} are the most`)
    for (const part of path.replace(/\.ts$/, '').split('/')) {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) t.fail(`${path} is not kebab-case`)
      if (/^(utils?|common|helpers?|manager|service|misc|shared)$|-(utils?|helpers?|manager|service)$/.test(part))
        t.fail(`${path} has a name that says nothing`)
    }
  }
})

t.test('no default exports', async t => {
  for (const { path, tree } of files) {
    for (const statement of tree.statements) {
      const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
      if (ts.isExportAssignment(statement) || modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword))
        t.fail(`${path} has a default export`)
    }
  }
})

t.test('every file is reached from the program', async t => {
  const byPath = new Map(files.map(file => [file.path, file]))
  const reached = new Set<string>()
  const walk = (path: string): void => {
    const file = byPath.get(path)
    if (file === undefined || reached.has(path)) return
    reached.add(path)
    for (const { to } of file.needs) walk(to)
  }
  walk('main.ts')
  walk('workers/page-worker.ts')
  walk('workers/image-process.ts')
  walk('commands/prepare-rules.ts')
  for (const { path, needs } of files) {
    if (!reached.has(path)) t.fail(`nothing leads to ${path}`)
    for (const { to } of needs) if (!byPath.has(to)) t.fail(`${path} imports ${to}, which is not there`)
  }
})

t.test('the tests stay outside', async t => {
  for (const { path, imports } of files)
    for (const { from } of imports)
      if (/(^|\/)(test|bench)\//.test(from) || from === 'tap') t.fail(`${path} imports ${from}`)
})

t.test('test/unit mirrors src', async t => {
  const unit = join(ROOT, 'test/unit')
  const tests = filesOf(unit).map(file => relative(unit, file))
  t.ok(tests.length > 10, 'there are tests')
  for (const test of tests) {
    const tested = join(source, test.replace(/\.test\.ts$/, ''))
    t.ok(
      test.endsWith('.test.ts') && (existsSync(`${tested}.ts`) || existsSync(tested)),
      `unit/${test} tests ${tested}`
    )
  }
})

t.test('what is tested is what is here', async t => {
  for (const folder of ['src', 'test', 'bench']) {
    const compiled = filesOf(join(ROOT, '.build', folder), '.js').map(file => relative(join(ROOT, '.build'), file))
    for (const file of compiled) {
      t.ok(existsSync(join(ROOT, file.replace(/js$/, 'ts'))), `${file} is of a file that is gone: rm -r .build`)
    }
  }
})
