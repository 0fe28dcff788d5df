/**
 * The list of before when a new one holds the very same things: what is worked out from it is then not worked out again
 * with each event of some other run.
 */
export function sameItems<T>(now: readonly T[], before: readonly T[] | undefined): readonly T[] {
  const isSame = before?.length === now.length && now.every((item, index) => item === before[index])
  return isSame ? before : now
}
