/** A command that an advice names in parentheses; in the window a button does it. */
const command = / \((?:vault|secret|tokens|profiles) [a-z]+(?: [a-z]+)?\)/g

/** An advice without the commands it names for the command line. */
export function adviceInWindow(advice: string): string {
  return advice.replaceAll(command, '')
}
