import type { editor } from 'monaco-editor/editor'

/** How text stands in every editor: the window's own letters and spaces, and nothing at the edges. */
export const editorLook: editor.IEditorOptions = {
  automaticLayout: true,
  fontFamily: 'JetBrains Mono Variable, ui-monospace, monospace',
  fontSize: 12,
  lineHeight: 19,
  fontLigatures: false,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  lineNumbersMinChars: 4,
  folding: false,
  fixedOverflowWidgets: true,
  padding: { top: 8, bottom: 8 },
  scrollbar: { useShadows: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
}

/** Text that is only read: Tab leaves it, as it leaves everything else. */
export const readOnlyLook: editor.IEditorOptions = {
  ...editorLook,
  readOnly: true,
  domReadOnly: true,
  tabFocusMode: true,
  renderLineHighlight: 'none',
  wordWrap: 'on',
  links: false,
  unicodeHighlight: { ambiguousCharacters: false },
}
