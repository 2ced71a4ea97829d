import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import ts from 'typescript'

const source = fileURLToPath(new URL('../src', import.meta.url))
const MOST_LINES = 260

/** What may be imported where; anything that is not named here is free. */
const ONLY_IN: ReadonlyArray<{ what: RegExp, where: RegExp, why: string }> = [
  { what: /^(fastify|@fastify\/)/, where: /^(app\.ts$|front\/)/, why: 'only the app and the front know Fastify' },
  { what: /^parse5/, where: /^page\//, why: 'only the page knows parse5' },
  { what: /^css-tree/, where: /^page\/css\//, why: 'one reader of style sheets' },
  { what: /^@mozilla\/readability/, where: /^page\//, why: 'only the page knows Readability' },
  { what: /^(marked|feedsmith)$/, where: /^page\/readers\//, why: 'only the readers know other markup' },
  { what: /^(sharp|decode-bmp|decode-ico|image-size|saxes)$/, where: /^image\//, why: 'only the image knows sharp' },
  { what: /^(iconv-lite|chardet|html-encoding-sniffer|any-ascii)$/, where: /^charset\//, why: 'only the charset knows encodings' },
  { what: /^undici$/, where: /^(origin|guard)\//, why: 'one door to the Internet' },
  { what: /^(node:)?(net|tls|dns|dgram|http2|https)$/, where: /^(front|guard|origin|tls|serve\.ts$|doctor\/)/, why: 'one door to the Internet' },
  { what: /^(node:)?http$/, where: /^(app\.ts$|front\/|answers\/connect\.ts$)/, why: 'the transport stays in front' },
  { what: /^http-cache-semantics$/, where: /^origin\//, why: 'only the origin knows how long things hold' },
  { what: /^@peculiar\//, where: /^tls\//, why: 'only tls makes certificates' },
  { what: /^tough-cookie$/, where: /^origin\//, why: 'only the origin knows cookies' },
  { what: /^lmdb$/, where: /^store\//, why: 'only the store knows its database' },
  { what: /^piscina$/, where: /^workers\//, why: 'only the workers know their threads' },
  { what: /^rate-limiter-flexible$/, where: /^guard\//, why: 'clients are counted in one place' },
  { what: /^(pino|prom-client)$/, where: /^watch\//, why: 'what the operator sees is written in one place' },
  { what: /^ajv/, where: /^clients\//, why: 'rules are checked in one place' },
  { what: /^(node:)?child_process$/, where: /^workers\/image-processes\.ts$/, why: 'no programs but our own' },
  { what: /^(node:)?(vm|cluster)$/, where: /^$/, why: 'no evaluation' }
]

/** Folders that must not know others: the transport knows nothing of HTML, the page nothing of HTTP. */
const FORBIDDEN: ReadonlyArray<{ from: RegExp, to: RegExp, why: string }> = [
  { from: /^page\//, to: /^((app|serve|visit|front|origin|guard|answers|portal|search|store|workers|commands)(\/|\.ts$)|image\/(?!fit\.ts$))/, why: 'the page knows nothing of HTTP, and of images only how large they will be' },
  { from: /^(front|origin|guard|tls)\//, to: /^(page|image|portal|search|answers|workers|commands)\//, why: 'the transport knows nothing of HTML' },
  { from: /^sites\//, to: /^(?!sites\/|clients\/read-rules\.ts$|page\/css\/selector\.ts$)/, why: 'rules of sites are data: they know how rules are read, and what a selector is' },
  { from: /^image\//, to: /^(app|serve|visit|front|origin|guard|answers|portal|store|workers|commands|page)(\/|\.ts$)/, why: 'the image knows nothing but images' },
  { from: /^charset\//, to: /^(?!charset\/)/, why: 'the charset knows nothing else' },
  { from: /^portal\//, to: /^(app|serve|visit|front|origin|guard|answers|search|workers|commands)(\/|\.ts$)/, why: 'our own pages know nothing of the transport' },
  { from: /^store\//, to: /^(?!store\/|shares\.ts$)/, why: 'the store knows nothing else but how it is shared' },
  { from: /^(?!main\.ts$|commands\/)/, to: /^(main\.ts$|commands\/)/, why: 'nothing calls the command line' }
]

function filesOf (folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const file = join(folder, name)
    return statSync(file).isDirectory() ? filesOf(file) : name.endsWith('.ts') ? [file] : []
  })
}

interface SourceFile {
  /** Path below src/ */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
  /** Modules as they are written */
  readonly imports: ReadonlyArray<{ readonly from: string, readonly onlyTypes: boolean }>
}

function isTypeImport (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (clause === undefined) return false
  const bindings = clause.namedBindings
  return clause.isTypeOnly || (clause.name === undefined && bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.every(element => element.isTypeOnly))
}

function importsOf (tree: ts.SourceFile): Array<{ from: string, onlyTypes: boolean }> {
  const found: Array<{ from: string, onlyTypes: boolean }> = []
  const look = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) found.push({ from: node.moduleSpecifier.text, onlyTypes: isTypeImport(node) })
    const argument = ts.isCallExpression(node) ? node.arguments[0] : undefined
    if (ts.isCallExpression(node) && argument !== undefined && ts.isStringLiteral(argument) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || /require/.test(node.expression.getText(tree)))) found.push({ from: argument.text, onlyTypes: false })
    ts.forEachChild(node, look)
  }
  look(tree)
  return found
}

const files: readonly SourceFile[] = filesOf(source).map(file => {
  const text = readFileSync(file, 'utf8')
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  return { path: relative(source, file), text, tree, imports: importsOf(tree) }
})

/** A relative import as a path below src/. */
const below = (path: string, from: string): string => relative(source, join(source, dirname(path), from)).replace(/\.js$/, '.ts')

t.test('what may be imported where', async t => {
  t.ok(files.length > 100, 'the sources were found')
  for (const { path, imports } of files) {
    for (const { from, onlyTypes } of imports) {
      if (from.startsWith('.')) {
        const to = below(path, from)
        for (const rule of FORBIDDEN) if (!onlyTypes && rule.from.test(path) && rule.to.test(to)) t.fail(`${path} imports ${to}: ${rule.why}`)
      } else {
        for (const { what, where, why } of ONLY_IN) if (!onlyTypes && what.test(from) && !where.test(path)) t.fail(`${path} imports ${from}: ${why}`)
      }
    }
  }
})

t.test('nothing is kept in modules', async t => {
  for (const { path, tree } of files) {
    for (const statement of tree.statements) {
      if (!ts.isVariableStatement(statement)) continue
      if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0) t.fail(`${path}: ${statement.getText(tree).slice(0, 60)} is not constant`)
      for (const declaration of statement.declarationList.declarations) {
        const value = declaration.initializer
        if (value === undefined || !ts.isNewExpression(value)) continue
        const name = value.expression.getText(tree)
        const type = declaration.type?.getText(tree) ?? ''
        if (/^(WeakMap|WeakSet|LRUCache|EventEmitter)$/.test(name)) t.fail(`${path}: ${declaration.name.getText(tree)} is a ${name} that all visits share`)
        if (!/^(Map|Set)$/.test(name) || /^Readonly/.test(type)) continue
        const changed = new RegExp(`\\b${declaration.name.getText(tree)}\\.(set|add|delete|clear)\\(`).test(tree.text)
        if (changed || value.arguments === undefined || value.arguments.length === 0) t.fail(`${path}: ${declaration.name.getText(tree)} is a ${name} that changes`)
      }
    }
  }
})

t.test('marks in a row are bounded before any text is normalised', async t => {
  const calls = files.flatMap(({ path, tree }) => {
    const found: string[] = []
    const look = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'normalize') found.push(path)
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
    if (lines > MOST_LINES) t.fail(`${path} has ${lines} lines; ${MOST_LINES} are the most`)
    for (const part of path.replace(/\.ts$/, '').split('/')) {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) t.fail(`${path} is not kebab-case`)
      if (/^(utils?|common|helpers?|manager|service|misc|shared)$|-(utils?|helpers?|manager|service)$/.test(part)) t.fail(`${path} has a name that says nothing`)
    }
  }
})

t.test('no default exports', async t => {
  for (const { path, tree } of files) {
    for (const statement of tree.statements) {
      const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) ?? [] : []
      if (ts.isExportAssignment(statement) || modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) t.fail(`${path} has a default export`)
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
    for (const { from } of file.imports) if (from.startsWith('.')) walk(below(path, from))
  }
  walk('main.ts')
  walk('workers/page-worker.ts')
  walk('workers/image-process.ts')
  for (const { path, imports } of files) {
    if (!reached.has(path)) t.fail(`nothing leads to ${path}`)
    for (const { from } of imports) if (from.startsWith('.') && !byPath.has(below(path, from))) t.fail(`${path} imports ${from}, which is not there`)
  }
})

t.test('the tests stay outside', async t => {
  for (const { path, imports } of files) for (const { from } of imports) if (/(^|\/)(test|bench)\//.test(from) || from === 'tap') t.fail(`${path} imports ${from}`)
})
