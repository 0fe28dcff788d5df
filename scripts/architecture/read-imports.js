import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

/**
 * One import as it is written: static, type-only, `export … from`, dynamic, `import('…')` in a type, `require`, or a
 * triple-slash reference.
 *
 * @typedef {{ specifier: string, line: number } | { refused: string, line: number }} FoundImport
 */

/**
 * Reads all imports of one source file, type imports included.
 *
 * @param {string} path decides how the text is read: `.vue` or TypeScript
 * @param {string} text
 * @returns {FoundImport[]} `refused` says why an import cannot be checked
 */
export function readImports(path, text) {
  if (!path.endsWith('.vue')) return readScript(path, text)
  const { descriptor } = parse(text, { filename: path, sourceMap: false })
  return [descriptor.script, descriptor.scriptSetup].flatMap((block) => {
    if (!block) return []
    const above = block.loc.start.line - 1
    const own = block.src ? [{ specifier: block.src, line: above + 1 }] : []
    return [...own, ...readScript(`${path}.ts`, block.content).map((found) => ({ ...found, line: found.line + above }))]
  })
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {FoundImport[]}
 */
function readScript(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  /** @type {FoundImport[]} */
  const found = []
  const lineAt = (/** @type {number} */ position) => source.getLineAndCharacterOfPosition(position).line + 1

  for (const reference of [...source.typeReferenceDirectives, ...source.referencedFiles]) {
    found.push({ specifier: reference.fileName, line: lineAt(reference.pos) })
  }
  /** @param {ts.Node} node */
  const visit = (node) => {
    const line = lineAt(node.getStart(source))
    const named = importedName(node)
    if (named && ts.isStringLiteralLike(named)) found.push({ specifier: named.text, line })
    else if (named) found.push({ refused: 'an import names its file in plain text', line })
    if (ts.isPropertyAccessExpression(node) && node.getText(source) === 'import.meta.glob') {
      found.push({ refused: 'lists are explicit: no globbing', line })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/**
 * The expression that names what a node imports; undefined when it imports nothing.
 *
 * @param {ts.Node} node
 * @returns {ts.Node | undefined}
 */
function importedName(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isExternalModuleReference(node)) return node.expression
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument
  return ts.isCallExpression(node) ? calledName(node) : undefined
}

/**
 * What `import(…)` or `require(…)` names; the call itself when it names nothing.
 *
 * @param {ts.CallExpression} call
 * @returns {ts.Node | undefined}
 */
function calledName(call) {
  const { expression } = call
  const isImport = expression.kind === ts.SyntaxKind.ImportKeyword
  const isRequire = ts.isIdentifier(expression) && expression.text === 'require'
  return isImport || isRequire ? (call.arguments[0] ?? call) : undefined
}
