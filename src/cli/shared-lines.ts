import { personalKinds, type SharedContents } from '../contract/sharing.ts'
import { line, type Paint, type Painted } from './paint.ts'

/** What stands in something that is handed on, for people: told before it leaves. */
export function contentsLines(contents: SharedContents, paint: Paint): Painted[] {
  const { runs, secrets, personal, hosts, leftOut, bytes } = contents
  const found = personal.filter((one) => one.found > 0)
  return [
    ...runs.map(
      ({ title, startedAt, outcome, exchanges, findings, runId }) =>
        line`${paint.bold(title)}  ${outcome}, ${count(exchanges, 'request')}, ${count(findings, 'finding')}, ${startedAt}  ${paint.dim(runId)}`,
    ),
    line`  secrets        ${secrets === 0 ? 'none' : `${secrets}, each as a mark of this file alone`}`,
    ...found.map(
      ({ kind, found: times, isMasked }) =>
        line`  ${paint.dim('personal')}       ${personalKinds[kind]}: ${times} ${isMasked ? paint.good('masked') : paint.warn('in clear')}`,
    ),
    line`  hosts          ${hosts.join(', ') || 'none'}`,
    ...leftOut.map(({ what, why }) => line`  ${paint.dim('left out')}       ${what}: ${why}`),
    line`  ${count(bytes, 'byte')}`,
  ]
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
