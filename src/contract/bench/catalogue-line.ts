import type { ClaimRow } from './inspection.ts'

/** A line of a table of names: shape, meaning in one sentence, section. */
export type CatalogueLine = readonly [shape: ClaimRow['shape'], meaning: string, section: string]
