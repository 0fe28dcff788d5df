import type { SequenceArrow, SequenceEntry, SequenceMark } from '../../../../contract/sequence-entry.ts'
import { formatDuration } from '../../../components/format/duration.ts'

const stateWords = {
  planned: 'not reached',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** An entry of the diagram in one sentence, for somebody who does not see it: `Request 2, POST /token, 200 OK`. */
export function spokenEntry(entry: SequenceEntry): string {
  if (entry.kind === 'step') {
    const took = entry.durationMs === undefined ? [] : [formatDuration(entry.durationMs)]
    return [`Step ${entry.title}`, stateWords[entry.state], ...took, ...entry.marks.map(spokenMark)].join(', ')
  }
  return [...nameOf(entry), ...entry.arrows.map(spokenArrow)].join(', ')
}

function nameOf(entry: Exclude<SequenceEntry, { kind: 'step' }>): string[] {
  if (entry.kind === 'exchange') {
    const byBrowser = entry.number?.startsWith('b')
    return [byBrowser ? `Request ${entry.number} by the browser` : `Request ${entry.number}`]
  }
  return entry.kind === 'message' ? ['Message'] : entry.kind === 'ignored' ? ['Answer'] : []
}

function spokenArrow({ text, marks }: SequenceArrow): string {
  return [text, ...marks.map(spokenMark)].join(', ')
}

function spokenMark({ label, holds }: SequenceMark): string {
  return `${label} ${holds ? 'holds' : 'does not hold'}`
}
