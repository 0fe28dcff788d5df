/** How many errors deep a library may wrap another; a circle of causes ends here. */
const deepest = 8

/** An error and what it was made from, outermost first: libraries wrap what our fetch throws. */
export function* causesOf(error: unknown): Generator<object> {
  let link = error
  for (let depth = 0; depth < deepest && typeof link === 'object' && link !== null; depth++) {
    yield link
    link = (link as { cause?: unknown }).cause
  }
}
