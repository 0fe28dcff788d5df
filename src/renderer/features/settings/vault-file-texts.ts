import { formatCount } from '../../components/format/duration.ts'

/** Out of Grantlab into a file, or the other way. */
export type VaultFileWay = 'export' | 'import'

/** What each way means to a person. */
export const vaultFileTexts: Record<
  VaultFileWay,
  { title: string; description: string; action: string; replace: string; hint: string }
> = {
  export: {
    title: 'Export secrets and tokens',
    description:
      'Everything that is kept goes into one file, sealed by a passphrase. Whoever has both has all of it; nobody can open it without.',
    action: 'Export',
    replace: 'Replace the file when it is there already',
    hint: 'Its whole path, on the machine where Grantlab runs. Only you can read the file.',
  },
  import: {
    title: 'Import secrets and tokens',
    description: 'Adds what an exported file holds. The file stays as it is.',
    action: 'Import',
    replace: 'Replace what has the same name here',
    hint: 'Its whole path, on the machine where Grantlab runs.',
  },
}

/** How much there was of each. */
export function keptCount({ secrets, families }: { secrets: number; families: number }): string {
  return `${formatCount(secrets, 'secret')} and ${families === 1 ? '1 token family' : `${families.toLocaleString('en')} token families`}`
}
