import type { RunTarget } from '../../../../contract/run.ts'

const words: [RunTarget['outcome'], string][] = [
  ['done', 'done'],
  ['absent', 'gone before'],
  ['failed', 'failed'],
  ['unknown', 'unknown'],
]

/** How many targets came to which end: `3 done, 1 failed`. */
export function targetCountsOf(targets: readonly Pick<RunTarget, 'outcome'>[]): string {
  return words
    .map(([outcome, word]) => ({ word, count: targets.filter((target) => target.outcome === outcome).length }))
    .flatMap(({ word, count }) => (count > 0 ? [`${count.toLocaleString('en')} ${word}`] : []))
    .join(', ')
}
