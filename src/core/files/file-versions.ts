/** A kind of file that Grantlab writes, and how files of earlier versions become one of today. */
export interface FileKind {
  /** what it is, to stand after "This is" */
  title: string
  /** the version that is written now */
  version: number
  /** the version a text says it has; undefined when it says none */
  versionOf(text: string): number | undefined
  /** makes a text of the version after it of one of that version */
  migrations: Readonly<Record<number, (text: string) => string>>
}

/**
 * Every kind of file that outlives a process. A new version raises the number, adds one function to `migrations` and one
 * folder of samples to tests/fixtures/files. The playground reads its own file: it shares no code with the engine.
 */
export const fileKinds = {
  profile: { title: 'a profile', version: 1, versionOf: yamlVersionOf, migrations: {} },
  workspace: { title: 'a workspace', version: 1, versionOf: yamlVersionOf, migrations: {} },
  settings: { title: 'the settings', version: 1, versionOf: jsonVersionOf, migrations: {} },
  workspaces: { title: 'the list of recent workspaces', version: 1, versionOf: jsonVersionOf, migrations: {} },
  run: { title: 'a recorded run', version: 1, versionOf: runFormatOf, migrations: {} },
  note: { title: 'a note on a run', version: 1, versionOf: jsonVersionOf, migrations: {} },
  vault: { title: 'the vault', version: 1, versionOf: jsonVersionOf, migrations: {} },
  'vault-export': { title: 'an exported vault', version: 1, versionOf: exportVersionOf, migrations: {} },
  snapshot: { title: 'a metadata snapshot', version: 1, versionOf: snapshotVersionOf, migrations: {} },
  capsule: { title: 'a capsule', version: 1, versionOf: capsuleVersionOf, migrations: {} },
  registration: { title: 'a registration', version: 1, versionOf: jsonVersionOf, migrations: {} },
  playground: { title: "the playground's state", version: 1, versionOf: jsonVersionOf, migrations: {} },
} as const satisfies Record<string, FileKind>

/** The line `version: N` of a YAML file. */
function yamlVersionOf(text: string): number | undefined {
  const [, digits] = /^version:[ \t]*(\d{1,9})[ \t]*(?:#.*)?$/m.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits)
}

function jsonVersionOf(text: string): number | undefined {
  return numberIn(text, 'version')
}

/** The version comes first in the data of the page. */
function capsuleVersionOf(text: string): number | undefined {
  const [, digits] = /id="grantlab-capsule">\{"version":(\d{1,9})[,}]/.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** Kind and version come first: also a file that was cut says what it was. */
function exportVersionOf(text: string): number | undefined {
  const [, digits] = /^\{\s*"kind":\s*"vault-export",\s*"version":\s*(\d{1,9})[,\s]/.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** A metadata document that somebody saved by other means may have a `version` of its own. */
function snapshotVersionOf(text: string): number | undefined {
  return text.includes('"metadata-snapshot"') ? jsonVersionOf(text) : undefined
}

/** A run is a list of events, one to a line; the first says the format. */
function runFormatOf(text: string): number | undefined {
  return numberIn(text.split('\n', 1)[0] ?? '', 'format')
}

function numberIn(text: string, member: string): number | undefined {
  try {
    const value: unknown = (JSON.parse(text) as Record<string, unknown> | null)?.[member]
    return typeof value === 'number' && Number.isInteger(value) ? value : undefined
  } catch {
    // Whoever reads the file says what is wrong with it.
    return undefined
  }
}
