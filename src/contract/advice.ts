const named = /\(([a-z][a-z_]*)(?: ([\w-]+))?\)/g

/**
 * Puts a host's own words where an advice names a parameter in parentheses: `(user)`, or with a value `(agent paste)`.
 * `wordsFor` answers what stands in the parentheses instead; undefined leaves the place as it is.
 */
export function adviceWith(
  advice: string,
  wordsFor: (parameter: string, value: string | undefined) => string | undefined,
): string {
  return advice.replaceAll(named, (place: string, parameter: string, value: string | undefined) => {
    const words = wordsFor(parameter, value)
    return words === undefined ? place : `(${words})`
  })
}
