/** Something the palette can do. */
export interface PaletteAction {
  id: string
  /** a word in front: `Run`, `Profile`, `Request` */
  group: string
  title: string
  hint?: string
  act(): void
}

const most = 60

/** The actions in which every word of the query stands, those first whose title begins with it. */
export function matchingActions(actions: readonly PaletteAction[], query: string): PaletteAction[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = ({ group, title, hint = '' }: PaletteAction) => {
    const text = `${group} ${title} ${hint}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const starts = ({ title }: PaletteAction) => (title.toLowerCase().startsWith(words.join(' ')) ? 0 : 1)
  return actions
    .filter(fits)
    .sort((one, other) => starts(one) - starts(other))
    .slice(0, most)
}
