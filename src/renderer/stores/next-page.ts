import type { Run } from '../../contract/run.ts'

/** The page that a list which broke off goes on at; undefined when it ended by itself, or before its first page. */
export function nextPageOf({
  pages,
  problem,
  outcome,
}: Pick<Run, 'pages' | 'problem' | 'outcome'>): number | undefined {
  if (outcome === 'running' || outcome === 'succeeded') return undefined
  const last = pages.at(-1)
  return problem?.page ?? (last && last.page + 1)
}
