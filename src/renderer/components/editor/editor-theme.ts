import { editor } from 'monaco-editor/editor'

const themeName = 'grantlab'

/** What the editor takes from the window's colours. */
const colours: Record<string, string> = {
  'editor.background': '--panel',
  'editor.foreground': '--text',
  'editorLineNumber.foreground': '--faint',
  'editorLineNumber.activeForeground': '--text',
  'editor.lineHighlightBackground': '--sunken',
  'editor.lineHighlightBorder': '--sunken',
  'editorCursor.foreground': '--accent',
  'editorBracketHighlight.foreground1': '--dim',
  'editorBracketHighlight.foreground2': '--dim',
  'editorBracketHighlight.foreground3': '--dim',
  'editorBracketHighlight.unexpectedBracket.foreground': '--error',
  'editorIndentGuide.background1': '--line',
  'editorWidget.background': '--panel',
  'editorWidget.border': '--line',
  'editorSuggestWidget.background': '--panel',
  'editorSuggestWidget.border': '--line',
  'editorSuggestWidget.foreground': '--text',
  'editorSuggestWidget.selectedBackground': '--accent-weak',
  'editorSuggestWidget.selectedForeground': '--text',
  'editorSuggestWidget.highlightForeground': '--accent',
  'editorSuggestWidget.focusHighlightForeground': '--accent',
  'editorHoverWidget.background': '--panel',
  'editorHoverWidget.border': '--line',
  'editorHoverWidget.foreground': '--text',
  'editorError.foreground': '--error',
  'editorWarning.foreground': '--warn',
  'diffEditor.insertedTextBackground': '--ok-weak',
  'diffEditor.insertedLineBackground': '--ok-weak',
  'diffEditor.removedTextBackground': '--error-weak',
  'diffEditor.removedLineBackground': '--error-weak',
  'diffEditor.border': '--line',
  'diffEditor.diagonalFill': '--line',
  'input.background': '--panel',
  'input.foreground': '--text',
  'input.border': '--field',
  focusBorder: '--accent',
  descriptionForeground: '--dim',
}

const tokens: Record<string, string> = {
  comment: '--faint',
  type: '--accent',
  'string.yaml': '--text',
  delimiter: '--dim',
  number: '--text',
  keyword: '--text',
}

/** Six digits after `#`, as the editor wants them. */
function hexOf(styles: CSSStyleDeclaration, name: string): string {
  const value = styles.getPropertyValue(name).trim()
  return value.length === 4 ? value.replaceAll(/[\da-f]/gi, '$&$&') : value
}

/** Gives every editor the window's colours now, and again whenever the theme changes; answers how to stop that. */
export function followTheme(): () => void {
  const root = document.documentElement
  const apply = () => {
    const styles = getComputedStyle(root)
    const isDark = root.dataset.theme === 'dark'
    editor.defineTheme(themeName, {
      base: isDark ? 'vs-dark' : 'vs',
      inherit: true,
      rules: Object.entries(tokens).map(([token, name]) => ({ token, foreground: hexOf(styles, name).slice(1) })),
      colors: Object.fromEntries(Object.entries(colours).map(([id, name]) => [id, hexOf(styles, name)])),
    })
    editor.setTheme(themeName)
  }
  apply()
  const observer = new MutationObserver(apply)
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
