import { editor, MarkerSeverity } from './monaco.ts'

/** What is wrong where; line and column count from 1. */
export interface EditorMark {
  line: number
  column: number
  message: string
}

/** Underlines what is wrong, from its place to the end of the line; what was underlined before is not any more. */
export function showMarks(model: editor.ITextModel, marks: readonly EditorMark[]): void {
  const lines = model.getLineCount()
  const markers = marks.map(({ line, column, message }) => {
    const startLineNumber = Math.min(Math.max(1, line), lines)
    const end = model.getLineMaxColumn(startLineNumber)
    const startColumn = Math.min(Math.max(1, column), Math.max(1, end - 1))
    const severity = MarkerSeverity.Error
    return { severity, message, startLineNumber, startColumn, endLineNumber: startLineNumber, endColumn: end }
  })
  editor.setModelMarkers(model, 'grantlab', markers)
}
