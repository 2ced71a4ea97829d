import ts from 'typescript'

/** A module or a global, and the files below src/ that may use it. */
export interface Grant {
  readonly name: string
  readonly where: RegExp
  readonly why: string
}

const ANYWHERE = /^/

/** Packages and modules of Node: what is not granted here to a file fails. Imports of types alone are free. */
export const MODULES: readonly Grant[] = [
  { name: 'fastify', where: /^app\.ts$/, why: 'only the app knows Fastify' },
  { name: '@fastify/http-proxy', where: /^app\.ts$/, why: 'only the app knows Fastify' },
  { name: '@fastify/busboy', where: /^front\//, why: 'bodies of requests are read in front' },
  { name: 'parse5', where: /^page\//, why: 'only the page knows parse5' },
  { name: 'color-name', where: /^page\/colours\//, why: 'the names of colours' },
  { name: 'css-tree', where: /^page\/css\//, why: 'one reader of style sheets' },
  { name: 'marked', where: /^page\/read\/readers\//, why: 'only the readers know other markup' },
  { name: 'feedsmith', where: /^page\/read\/readers\//, why: 'only the readers know other markup' },
  { name: '@eslint-community/regexpp', where: /^clients\//, why: 'patterns of rules are taken apart by their check' },
  { name: 'sharp', where: /^image\//, why: 'only the image knows sharp' },
  { name: 'decode-ico', where: /^image\//, why: 'only the image knows formats' },
  { name: 'image-size', where: /^image\//, why: 'only the image knows formats' },
  { name: 'saxes', where: /^(image|page\/read\/readers)\//, why: 'drawings and decks of WML are XML' },
  { name: 'iconv-lite', where: /^charset\//, why: 'only the charset knows encodings' },
  { name: 'chardetng-wasm', where: /^charset\/evidence\//, why: 'only the charset knows encodings' },
  { name: 'html-encoding-sniffer', where: /^charset\//, why: 'only the charset knows encodings' },
  { name: 'any-ascii', where: /^charset\//, why: 'only the charset knows encodings' },
  { name: 'undici', where: /^(origin|guard)\//, why: 'one door to the Internet' },
  { name: 'http-cache-semantics', where: /^origin\//, why: 'only the origin knows how long things hold' },
  { name: '@peculiar/x509', where: /^tls\//, why: 'only tls makes certificates' },
  { name: 'tough-cookie', where: /^origin\//, why: 'only the origin knows cookies' },
  { name: 'lmdb', where: /^store\//, why: 'only the store knows its database' },
  { name: '@redis/client', where: /^store\/remote\//, why: 'only the store knows its database' },
  { name: 'piscina', where: /^workers\//, why: 'only the workers know their threads' },
  { name: 'rate-limiter-flexible', where: /^guard\//, why: 'clients are counted in one place' },
  { name: 'pino', where: /^watch\//, why: 'what the operator sees is written in one place' },
  { name: 'prom-client', where: /^watch\//, why: 'what the operator sees is written in one place' },
  { name: 'ajv', where: /^config\//, why: 'rules are checked in one place' },
  { name: 'yaml', where: /^(config|commands\/settings)\//, why: 'one reader of YAML, and a writer of one file' },
  { name: 'commander', where: /^(config|commands)\//, why: 'the command line is read in one place' },
  { name: 'fastest-levenshtein', where: /^config\//, why: 'what is typed wrong is told with what is near' },
  { name: 'node:readline/promises', where: /^commands\//, why: 'the terminal is asked by commands' },
  {
    name: 'ipaddr.js',
    where: /^(guard|config)\//,
    why: 'the guard alone knows addresses of networks, and settings name them'
  },
  {
    name: 'lru-cache',
    where: /^(answers|async|memory|origin|search|store|guard|tls)\//,
    why: 'the page and the image keep nothing'
  },
  { name: 'node:net', where: /^(front|guard|tls|doctor)\//, why: 'one door to the Internet' },
  { name: 'node:tls', where: /^(front|guard|origin|tls)\//, why: 'one door to the Internet' },
  { name: 'node:dns', where: /^guard\//, why: 'one door to the Internet' },
  { name: 'node:dns/promises', where: /^doctor\//, why: 'the doctor looks whether names are found' },
  {
    name: 'node:http',
    where: /^((front|origin\/lenient)\/|doctor\/ask-health\.ts$)/,
    why: 'it serves, reads what undici refuses, and asks itself'
  },
  { name: 'node:async_hooks', where: /^async\/held-tick\.ts$/, why: 'one object of Node is held, and nothing hooked' },
  { name: 'node:child_process', where: /^workers\/image-processes\.ts$/, why: 'no programs but our own' },
  {
    name: 'node:fs',
    where: /^(charset\/evidence|clients|commands|config|doctor|guard|news|origin|sites|store|tls|workers)\//,
    why: 'files are read where the settings name them, and a library that is WebAssembly'
  },
  { name: 'node:fs/promises', where: /^(store|workers)\//, why: 'files are written by the store' },
  {
    name: 'node:os',
    where: /^(config|doctor|guard|store|workers)\//,
    why: 'what machine this is matters at the start'
  },
  {
    name: 'node:path',
    where: /^(clients|commands|config|doctor|guard|news|sites|store|tls|workers)\//,
    why: 'files are read where the settings name them'
  },
  {
    name: 'node:stream',
    where: /^(answers|front|origin|tls)\//,
    why: 'pages and images are whole by the time that they are converted'
  },
  { name: 'node:stream/consumers', where: /^commands\//, why: 'a password is read from a pipe' },
  { name: 'node:zlib', where: /^(origin|image\/formats)\//, why: 'codings are undone at the door' },
  {
    name: 'node:module',
    where: /^(charset\/evidence|config|page|workers)\//,
    why: 'packages without a module of their own, and those for what is rare, are loaded by require'
  },
  { name: 'node:util', where: /^(config|commands|guard)\//, why: 'command lines, and promises of old functions' },
  { name: 'node:events', where: /^doctor\//, why: 'no emitters of our own' },
  { name: 'node:timers/promises', where: /^store\//, why: 'waits end with a signal: async/ has them' },
  {
    name: 'node:vm',
    where: /^workers\/v8\/garbage\.ts$/,
    why: 'a context of its own has what V8 has not told others of'
  },
  { name: 'node:worker_threads', where: /^workers\//, why: 'only the workers know their threads' },
  {
    name: 'node:v8',
    where: /^(memory\/job-names|workers\/(v8\/(garbage|spare-room)|page-(threads|worker)))\.ts$/,
    why: 'a conversion is named by all that it is made of, and threads keep little memory'
  },
  { name: 'node:crypto', where: ANYWHERE, why: 'hashes reach nobody' },
  { name: 'node:buffer', where: ANYWHERE, why: 'bytes reach nobody' },
  { name: 'node:url', where: ANYWHERE, why: 'addresses reach nobody' }
]

/** Globals that reach the network, or anything at all, without an import. */
export const GLOBALS: readonly Grant[] = [
  {
    name: 'fetch',
    where: /^(doctor\/check-port|commands\/health)\.ts$/,
    why: 'one door to the Internet; these ask the proxy itself'
  },
  ...['WebSocket', 'EventSource', 'XMLHttpRequest', 'Request', 'WebSocketStream', 'navigator'].map(name => ({
    name,
    where: /^$/,
    why: 'one door to the Internet'
  })),
  ...['globalThis', 'global', 'eval', 'Function', 'require', 'module'].map(name => ({
    name,
    where: /^$/,
    why: 'what is used is imported, or named'
  }))
]

/** Packages that stay as they are beside the few files of dist/ (packaging/bundle.mjs). */
const APART = new Set(['sharp', 'lmdb', 'piscina', 'pino'])

/** Members of process that load modules. */
const LOADERS = /^(binding|getBuiltinModule|_linkedBinding|mainModule|dlopen)$/

const packageOf = (module: string): string => /^(@[^/]+\/[^/]+|[^@/][^/]*)/.exec(module)![0]

function mayImport(path: string, module: string): string | undefined {
  const grant = MODULES.find(({ name }) => name === module || (!name.startsWith('node:') && name === packageOf(module)))
  if (grant === undefined) return `${path} uses ${module}, which is granted to nobody: test/helpers/grants.ts`
  return grant.where.test(path) ? undefined : `${path} uses ${module}: ${grant.why}`
}

type Binding = ts.BindingName | undefined

const namesOf = (binding: Binding): string[] =>
  binding === undefined
    ? []
    : ts.isIdentifier(binding)
      ? [binding.text]
      : binding.elements.flatMap(element => (ts.isBindingElement(element) ? namesOf(element.name) : []))

/** Names that statements declare for all around them. */
function declared(statements: readonly ts.Node[]): string[] {
  return statements.flatMap(statement => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => namesOf(name))
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      return statement.name === undefined ? [] : [statement.name.text]
    if (!ts.isImportDeclaration(statement)) return []
    const { name, namedBindings } = statement.importClause ?? {}
    const named =
      namedBindings === undefined
        ? []
        : ts.isNamedImports(namedBindings)
          ? namedBindings.elements.map(element => element.name.text)
          : [namedBindings.name.text]
    return [...(name === undefined ? [] : [name.text]), ...named]
  })
}

function declaredBy(node: ts.Node): string[] {
  if (ts.isSourceFile(node) || ts.isBlock(node)) return declared([...node.statements])
  if (ts.isFunctionLike(node)) return node.parameters.flatMap(({ name }) => namesOf(name))
  if (ts.isCatchClause(node)) return namesOf(node.variableDeclaration?.name)
  const list =
    ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node) ? node.initializer : undefined
  return list !== undefined && ts.isVariableDeclarationList(list)
    ? list.declarations.flatMap(({ name }) => namesOf(name))
    : []
}

function isDeclared(name: string, node: ts.Node): boolean {
  for (let around: ts.Node | undefined = node; around !== undefined; around = around.parent)
    if (declaredBy(around).includes(name)) return true
  return false
}

/** Whether a name stands for a value: no member, no key, no type, no declaration. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent))
    return (ts.isPropertyAccessExpression(parent) ? parent.expression : parent.left) === node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent))
    return parent.initializer === node
  if (ts.isBindingElement(parent)) return parent.initializer === node
  return (
    !ts.isTypeNode(parent) &&
    !ts.isTypeElement(parent) &&
    !ts.isImportSpecifier(parent) &&
    !ts.isMethodDeclaration(parent) &&
    !ts.isPropertyDeclaration(parent)
  )
}

function useOf(path: string, node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) {
    const grant = GLOBALS.find(({ name }) => name === node.text)
    if (grant === undefined || grant.where.test(path) || !isUse(node) || isDeclared(node.text, node)) return undefined
    return `${path} uses the global ${node.text}: ${grant.why}`
  }
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'AbortSignal.any')
    return `${path} uses AbortSignal.any, which forgets times that are to be over: async/signal.ts has what remembers`
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'process' && LOADERS.test(node.name.text))
    return `${path} uses process.${node.name.text}: modules are imported`
  if (!ts.isCallExpression(node)) return undefined
  const [argument] = node.arguments
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword
  const isRequire = /^require$|^createRequire\(/.test(node.expression.getText())
  if (!isImport && !isRequire) return undefined
  if (argument === undefined || !ts.isStringLiteral(argument))
    return isImport || isRequire ? `${path} loads a module whose name is not written there` : undefined
  if (argument.text.startsWith('.')) return undefined
  if (isImport && !APART.has(argument.text))
    return `${path} loads ${argument.text} late: in dist/ its names are not found so, but with a file of ours between`
  return mayImport(path, argument.text)
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const bindings = node.importClause?.namedBindings
  return (
    node.importClause?.isTypeOnly === true ||
    (node.importClause?.name === undefined &&
      bindings !== undefined &&
      ts.isNamedImports(bindings) &&
      bindings.elements.every(element => element.isTypeOnly))
  )
}

/** What a file below src/ uses without its being granted, in words. */
export function notGranted(path: string, tree: ts.SourceFile): string[] {
  const found: Array<string | undefined> = []
  const look = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier !== undefined &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const module = node.moduleSpecifier.text
      if (!module.startsWith('.') && !isTypeOnly(node)) found.push(mayImport(path, module))
    }
    found.push(useOf(path, node))
    ts.forEachChild(node, look)
  }
  look(tree)
  return found.filter(problem => problem !== undefined)
}
