/** The name most like the one typed, when one is near enough to be meant. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const wanted = typed.slice(0, 64).toLowerCase()
  const [best] = names
    .map((name) => ({ name, distance: startsAlike(wanted, name) ? 1 : distanceBetween(wanted, name) }))
    .filter(({ distance, name }) => distance <= Math.max(1, Math.min(3, Math.floor(name.length / 3))))
    .sort((a, b) => a.distance - b.distance || a.name.length - b.name.length)
  return best?.name
}

const startsAlike = (a: string, b: string) => a.length >= 3 && b.length >= 3 && (a.startsWith(b) || b.startsWith(a))

/** Levenshtein distance: insertions, deletions and replacements between two texts. */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next[j] = Math.min(replaced, row[j]! + 1, next[j - 1]! + 1)
    }
    row = next
  }
  return row[b.length]!
}
