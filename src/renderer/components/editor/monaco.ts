import { editor, languages, MarkerSeverity, Range } from 'monaco-editor/editor'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/cursorUndo/register'
import 'monaco-editor/features/diffEditor/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/wordOperations/register'
import 'monaco-editor/languages/definitions/yaml/register'
import './editor.css'
import { offerAt, wordAt, type YamlWord } from './yaml-words.ts'

export { editor, MarkerSeverity, Range }

self.MonacoEnvironment = {
  getWorker: () => new Worker(new URL('./editor-worker.ts', import.meta.url), { type: 'module' }),
}

/** The words of each open text; completion and hover serve all editors at once. */
const wordsOf = new WeakMap<editor.ITextModel, () => readonly YamlWord[]>()

/** Says which words a text can have; asked for whenever somebody types or points. */
export function giveWords(model: editor.ITextModel, words: () => readonly YamlWord[]): void {
  wordsOf.set(model, words)
}

languages.registerCompletionItemProvider('yaml', {
  triggerCharacters: [' '],
  provideCompletionItems(model, { lineNumber, column }) {
    const offer = offerAt(model.getLineContent(lineNumber), column, wordsOf.get(model)?.() ?? [])
    if (!offer) return { suggestions: [] }
    const kind = languages.CompletionItemKind[offer.kind === 'name' ? 'Property' : 'Value']
    const range = new Range(lineNumber, offer.from, lineNumber, offer.to)
    return {
      suggestions: offer.choices.map(({ label, insert, detail, hint }, index) => ({
        label: { label, description: hint },
        kind,
        range,
        insertText: insert,
        detail,
        documentation: hint,
        sortText: String(index).padStart(4, '0'),
      })),
    }
  },
})

languages.registerHoverProvider('yaml', {
  provideHover(model, { lineNumber, column }) {
    const word = wordAt(model.getLineContent(lineNumber), column, wordsOf.get(model)?.() ?? [])
    if (!word) return undefined
    const text = [`**${word.title}**`, word.hint, ...(word.section ? [word.section] : [])]
    return { contents: text.map((value) => ({ value })) }
  },
})
