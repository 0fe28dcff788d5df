import type { Lane } from '../../../../contract/sequence-entry.ts'

const marginPercent = 100 / 6

/** Where a lane stands, in percent of the space the lanes share; the outer two stand in the same place always. */
export function lanePlace(lane: Lane, lanes: readonly Lane[]): number {
  return marginPercent + lanes.indexOf(lane) * laneGap(lanes)
}

/** How far two neighbouring lanes stand apart, in percent. */
export function laneGap(lanes: readonly Lane[]): number {
  return (100 - 2 * marginPercent) / Math.max(1, lanes.length - 1)
}
