import type { SecretSummary } from '../../../contract/kept.ts'

/** A row of the list of secrets; one that profiles name and that has no value here is missing. */
export interface SecretRow {
  id: string
  level: number
  name: string
  usedBy: readonly string[]
  /** origins the value may be sent to */
  origins: readonly string[]
  /** where the value is, for people */
  from: string
  savedAt?: string | undefined
  isMissing: boolean
  /** values of the environment are set where Grantlab was started, not here */
  isEditable: boolean
}

const places: Record<string, string> = {
  vault: 'kept on this machine',
  memory: 'kept until Grantlab ends',
  'environment file': 'from the environment file',
}

/** The rows in the order of their names, those that fit every word of the filter. */
export function secretRowsOf(
  secrets: readonly SecretSummary[],
  missing: readonly { name: string; usedBy: string[] }[],
  filter: string,
): SecretRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const rows = [...secrets.map(rowOfSecret), ...missing.map(rowOfMissing)]
  return rows
    .filter(({ name, usedBy, origins, from }) => {
      const text = [name, from, ...usedBy, ...origins].join(' ').toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .toSorted((one, other) => one.name.localeCompare(other.name))
}

function rowOfSecret({ name, from, usedBy, origins, savedAt }: SecretSummary): SecretRow {
  const isOfEnvironment = from.startsWith('environment')
  const place = places[from] ?? (isOfEnvironment ? `from the ${from}` : from)
  return {
    id: name,
    level: 1,
    name,
    usedBy,
    origins,
    from: place,
    savedAt,
    isMissing: false,
    isEditable: !isOfEnvironment,
  }
}

function rowOfMissing({ name, usedBy }: { name: string; usedBy: string[] }): SecretRow {
  return { id: name, level: 1, name, usedBy, origins: [], from: 'no value here', isMissing: true, isEditable: true }
}
