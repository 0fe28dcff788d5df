import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { ParameterValues } from '../../contract/description.ts'
import { type Settings, type SettingsFacts, usualSettings } from '../../contract/settings.ts'
import { fileKinds } from '../files/file-versions.ts'
import { inTurns } from '../files/in-turns.ts'
import { makeFolder } from '../files/make-folder.ts'
import { type JsonFile, readJsonFile } from '../files/read-json-file.ts'
import { newerFile } from '../files/read-versioned-file.ts'
import { errorCodeOf, reasonOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { EnginePorts } from '../ports.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { checkSettings, settingsIn } from './check-settings.ts'

/** Another process may save at the same time; after so many tries a person must look. */
const maximumTries = 20

/** The settings of a data folder. */
export interface SettingsStore {
  /** The settings in use, never older than the file; what cannot be read counts as its usual value. Never rejects. */
  read(): Promise<Settings>
  /** The same with what is wrong with the file. Never rejects. */
  show(): Promise<SettingsFacts>
  /**
   * Changes the settings given and leaves the rest of the file as it is.
   * @throws ProblemError parameter-unknown, parameter-invalid, file-invalid, file-newer, data-folder-failed
   */
  save(values: ParameterValues): Promise<SettingsFacts>
}

/** The file of the settings. */
export function settingsPathOf(dataFolder: string): string {
  return join(dataFolder, 'settings.json')
}

/** Creates the settings; nothing on disk is read or made before it is asked for. */
export function createSettings(ports: Pick<EnginePorts, 'dataFolder' | 'workingFolder'>): SettingsStore {
  const path = settingsPathOf(ports.dataFolder)
  let known: { stamp: string; facts: SettingsFacts } | undefined
  const inTurn = inTurns()
  /** One look at the file's date for each reading: most runs find it as it was. */
  const show = async (): Promise<SettingsFacts> => {
    const stamp = await stampOf(path)
    if (known?.stamp !== stamp) known = { stamp, facts: stamp === '' ? { ...usualSettings } : await readFacts(path) }
    return { ...known.facts }
  }
  const save = async (values: ParameterValues): Promise<SettingsFacts> => {
    const { ca_file: file } = values
    const whole = typeof file === 'string' && file !== '' ? { ca_file: resolve(ports.workingFolder, file) } : {}
    await change(path, checkSettings({ ...values, ...whole }))
    known = undefined
    return show()
  }
  return {
    show,
    async read() {
      const { problem: _problem, ...settings } = await show()
      return settings
    },
    save: (values) => inTurn(() => save(values)),
  }
}

/** Differs whenever the file does; empty when there is none. */
async function stampOf(path: string): Promise<string> {
  return stat(path, { bigint: true }).then(
    ({ mtimeNs, size, ino }) => `${mtimeNs} ${size} ${ino}`,
    (error: unknown) => (errorCodeOf(error) === 'ENOENT' ? '' : errorCodeOf(error)),
  )
}

async function readFacts(path: string): Promise<SettingsFacts> {
  try {
    const file = await readJsonFile(path, fileKinds.settings)
    if (!file) return { ...usualSettings }
    const { settings, problem: found } = settingsIn(file.content, path)
    const isNewer = file.version > fileKinds.settings.version
    const told = isNewer ? newerFile(path, fileKinds.settings, file.version).problem : found
    return { ...settings, ...(told ? { problem: told } : {}) }
  } catch (error) {
    if (error instanceof ProblemError) return { ...usualSettings, problem: error.problem }
    throw error
  }
}

async function change(path: string, settings: Partial<Settings>): Promise<void> {
  for (let tries = 0; tries < maximumTries; tries++) {
    const file = await readJsonFile(path, fileKinds.settings)
    if (file && file.version > fileKinds.settings.version) throw newerFile(path, fileKinds.settings, file.version)
    if (await write(path, file, settings)) return
  }
  throw problem('data-folder-failed', `${path} is changed by something else all the time.`, { place: { file: path } })
}

/** False when somebody else wrote the file in the meantime; then nothing was written. */
async function write(path: string, file: JsonFile | undefined, settings: Partial<Settings>): Promise<boolean> {
  const content = { ...file?.content, version: fileKinds.settings.version, ...settings }
  try {
    await makeFolder(dirname(path), 0o700)
    if ((await readJsonFile(path, fileKinds.settings))?.raw !== file?.raw) return false
    const text = `${JSON.stringify(content, null, 2)}\n`
    await writeFileAtomically({ path, text, replace: file !== undefined, mode: 0o600 })
    return true
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return false
    if (error instanceof ProblemError) throw error
    throw problem('data-folder-failed', `${path} cannot be written: ${reasonOf(error)}.`, {
      place: { file: path },
      cause: error,
      whatToDo: ['Name another data folder in GRANTLAB_HOME (data_dir).'],
    })
  }
}
