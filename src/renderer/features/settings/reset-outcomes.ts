import type { ResetPart } from '../../../contract/settings.ts'

/** What becomes of a part of the data folder, in a word. */
export const resetOutcomes: Record<ResetPart['outcome'], { title: string; look: string }> = {
  removed: { title: 'removed', look: 'text-ok' },
  'would-be-removed': { title: 'goes', look: 'text-text' },
  'nothing-there': { title: 'nothing there', look: 'text-faint' },
  stays: { title: 'stays', look: 'text-dim' },
  failed: { title: 'not removed', look: 'text-error font-[560]' },
}
