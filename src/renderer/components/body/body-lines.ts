/** Longer lines are cut, so that one line of a megabyte is as quick to show as many short ones. */
const longestLine = 1000
const maskLength = 38
const maskStart = '●●●●'

/** Collects text piece by piece into lines to show. */
export interface LineCollector {
  readonly lines: string[]
  push(piece: string): void
}

/** Creates a collector; a line that is too long goes on in the next one, cut beside a mask and never through it. */
export function createLineCollector(): LineCollector {
  const lines: string[] = ['']
  return {
    lines,
    push(piece) {
      const [first = '', ...others] = piece.split('\n')
      putLine(lines, lines.pop()! + first)
      for (const line of others) putLine(lines, line)
    },
  }
}

function putLine(lines: string[], line: string): void {
  let rest = line.endsWith('\r') ? line.slice(0, -1) : line
  while (rest.length > longestLine + maskLength) {
    const end = cutBefore(rest)
    lines.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  lines.push(rest)
}

function cutBefore(line: string): number {
  const mask = line.lastIndexOf(maskStart, longestLine)
  return mask > 0 && mask + maskLength > longestLine ? mask : longestLine
}
