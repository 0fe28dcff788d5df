import type { RunSummary } from '../../../contract/commands.ts'

/** What an outcome is called in lists. */
export const outcomeTitles: Record<RunSummary['outcome'], string> = {
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  'needs-person': 'needs a person',
}
