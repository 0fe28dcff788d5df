import { escapeTerminal } from '../../../../contract/escape-terminal.ts'
import type { AlignedPart } from '../../../../contract/preflight/align-texts.ts'

/** A piece of an address; one that differs has room for the longer of the two, so that what follows stands aligned. */
export interface AddressPiece {
  text: string
  differs: boolean
  /** blanks after it */
  fill: string
}

/** Two addresses as pieces of equal width. */
export interface AlignedLines {
  wanted: AddressPiece[]
  registered: AddressPiece[]
}

/** Lays two addresses beside each other, part by part; what is hidden in them is shown. */
export function alignedLinesOf(parts: readonly AlignedPart[]): AlignedLines {
  const lines: AlignedLines = { wanted: [], registered: [] }
  for (const part of parts) {
    const [before, after] = [escapeTerminal(part.before), escapeTerminal(part.after)]
    const [wanted, registered] = [escapeTerminal(part.wanted), escapeTerminal(part.registered)]
    const width = Math.max(wanted.length, registered.length)
    for (const [line, own] of [
      [lines.wanted, wanted],
      [lines.registered, registered],
    ] as const) {
      if (before) line.push({ text: before, differs: false, fill: '' })
      if (width > 0) line.push({ text: own, differs: true, fill: ' '.repeat(width - own.length) })
      if (after) line.push({ text: after, differs: false, fill: '' })
    }
  }
  return lines
}
