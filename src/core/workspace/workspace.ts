import { join, resolve } from 'node:path'
import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Profile, ProfileSummary } from '../../contract/profile.ts'
import type { EnginePorts } from '../ports.ts'
import type { SecretResolver } from '../vault/secret-resolver.ts'
import { findWorkspaceFolder } from './find-workspace.ts'
import { listProfiles, secretNamesOf } from './list-profiles.ts'
import { playgroundProfileName, readPlaygroundProfile } from './playground-profile.ts'
import { deleteProfileFile, readProfileFile } from './profile-folder.ts'
import { type SaveProfile, saveProfileFile } from './save-profile.ts'

/** The profiles of one workspace folder. */
export interface Workspace {
  /** The folder, found once; it may not exist yet. @throws ProblemError file-invalid */
  folder(): Promise<string>
  /** Every profile, the playground's first; a broken file is listed with its problem. Starts no playground. */
  listProfiles(): Promise<ProfileSummary[]>
  /** Names of all secrets that profiles refer to. Starts no playground. */
  secretNames(): Promise<string[]>
  /**
   * A profile with its values. `explicit` are values given beside it: with another client of the playground, the
   * reference to that client's secret comes along.
   * @throws ProblemError profile-not-found, file-invalid, file-newer, secret-in-file
   */
  resolveProfile(name: string, explicit?: ParameterValues): Promise<Profile>
  /**
   * Writes a new profile, or with `replace` changes or makes one. `values` are all its values.
   * @throws ProblemError profile-exists, parameter-invalid, parameter-unknown, secret-in-file, file-invalid,
   * file-newer, data-folder-failed
   */
  saveProfile(profile: SaveProfile): Promise<Profile>
  /** @throws ProblemError profile-not-found, parameter-invalid, file-newer, data-folder-failed */
  deleteProfile(name: string): Promise<void>
}

/** What a workspace is made of. */
export interface WorkspaceOptions {
  ports: Pick<EnginePorts, 'workspaceFolder' | 'workingFolder' | 'dataFolder' | 'playground'>
  /** every parameter that may stand in a profile */
  parameters: readonly ParameterDescription[]
  secrets: Pick<SecretResolver, 'missing'>
}

/** Creates the workspace; nothing on disk is read or made before it is asked for. */
export function createWorkspace({ ports, parameters, secrets }: WorkspaceOptions): Workspace {
  let found: Promise<string> | undefined
  let writing: Promise<unknown> = Promise.resolve()
  const folder = () => {
    found ??= findWorkspaceFolder(ports).catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
  /** One write at a time: each sees what the one before it wrote. */
  const inTurn = <T>(write: () => Promise<T>): Promise<T> => {
    const turn = writing.then(write)
    writing = turn.catch(() => undefined)
    return turn
  }
  const place = async () => {
    const at = await folder()
    return { folder: at, parameters, isPrivate: at === join(resolve(ports.dataFolder), 'workspace') }
  }
  return {
    folder,
    listProfiles: async () => listProfiles(await place(), secrets),
    secretNames: async () => secretNamesOf(await place()),
    resolveProfile: async (name, explicit) =>
      name === playgroundProfileName ? readPlaygroundProfile(ports, explicit) : readProfileFile(await place(), name),
    saveProfile: (profile) => inTurn(async () => saveProfileFile(await place(), profile)),
    deleteProfile: (name) => inTurn(async () => deleteProfileFile(await place(), name)),
  }
}
