/** How long a browser may take to begin with a file. */
const longestMs = 60_000

/** Gives a person a file to save; where it goes they decide. Nothing leaves the machine. */
export function saveFile({ name, type, text }: { name: string; type: string; text: string }): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), longestMs)
}
