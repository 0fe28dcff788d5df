import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Profile, ProfileSource, ProfileSummary } from '../../contract/profile.ts'
import type { WorkspaceFacts } from '../../contract/settings.ts'
import type { EnginePorts } from '../ports.ts'
import { inTurns } from '../files/in-turns.ts'
import type { SecretResolver } from '../vault/secret-resolver.ts'
import { isBuiltInProfile, readBuiltInProfile } from './built-in-profiles.ts'
import { checkProfile } from './check-profile.ts'
import { identityOfFolder, ownWorkspaceOf } from './find-workspace.ts'
import { listProfiles, secretUseOf } from './list-profiles.ts'
import { duplicateProfileFile, renameProfileFile } from './move-profile.ts'
import { findFolderToOpen } from './open-workspace.ts'
import { deleteProfileFile, readProfileFile } from './profile-folder.ts'
import { rememberRecent } from './recent-workspaces.ts'
import { type SaveProfile, saveProfileFile } from './save-profile.ts'
import { type TrustedCertificate, trustCertificate } from './trust-certificate.ts'
import { createDeleted, createFolder, factsOf } from './workspace-state.ts'
import { type WriteProfile, readProfileSource, writeProfileText } from './write-profile.ts'

/** The profiles of one workspace folder at a time. */
export interface Workspace {
  /** The folder in use; it may not exist yet. @throws ProblemError file-invalid */
  folder(): Promise<string>
  /** What tells the profiles of this folder from those of others; see `identityOfFolder`. @throws ProblemError file-invalid */
  identity(): Promise<string>
  /** The folders in use, and those opened before. @throws ProblemError file-invalid */
  facts(): Promise<WorkspaceFacts>
  /**
   * Uses another folder from now on; runs that are under way keep what they have. With `create` the folder and its
   * grantlab.yaml are made where they are missing.
   * @throws ProblemError file-invalid, file-newer, data-folder-failed; then the folder stays the one it was
   */
  open(folder: string, create: boolean): Promise<WorkspaceFacts>
  /** Every profile, those that Grantlab makes first; a broken file is listed with its problem. Starts no playground. */
  listProfiles(): Promise<ProfileSummary[]>
  /** Every secret that profiles refer to, with the names of those profiles. Starts no playground. */
  secretUse(): Promise<Map<string, string[]>>
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
  /** The same file under another name as well; of one that Grantlab makes a file with its values. See `duplicateProfileFile`. */
  duplicateProfile(name: string, to: string): Promise<Profile>
  /** The same file under another name. See `renameProfileFile`. */
  renameProfile(name: string, to: string): Promise<Profile>
  /** Answers the file's text. @throws ProblemError profile-not-found, parameter-invalid, file-newer, data-folder-failed */
  deleteProfile(name: string): Promise<string>
  /** See `readProfileSource`. */
  profileSource(name: string): Promise<ProfileSource>
  /** See `checkProfile`. */
  checkProfile(name: string, text?: string): Promise<Problem[]>
  /** See `writeProfileText`; what was deleted here comes back as it was. */
  writeProfile(profile: Omit<WriteProfile, 'wasDeleted'>): Promise<Profile>
  /** See `trustCertificate`. */
  trustCertificate(name: string, certificate: string): Promise<TrustedCertificate>
}

/** What a workspace is made of. */
export interface WorkspaceOptions {
  ports: Pick<
    EnginePorts,
    'workspaceFolder' | 'workingFolder' | 'dataFolder' | 'playground' | 'clock' | 'reopensWorkspace'
  >
  /** every parameter that may stand in a profile */
  parameters: readonly ParameterDescription[]
  secrets: Pick<SecretResolver, 'missing'>
}

/** Creates the workspace; nothing on disk is read or made before it is asked for. */
export function createWorkspace({ ports, parameters, secrets }: WorkspaceOptions): Workspace {
  const own = ownWorkspaceOf(ports)
  const { folder, use } = createFolder(ports)
  /** One write at a time: each sees what the one before it wrote. */
  const inTurn = inTurns()
  const deleted = createDeleted()
  const place = async () => {
    const at = await folder()
    return { folder: at, parameters, isPrivate: at === own }
  }
  return {
    folder,
    identity: async () => identityOfFolder(await folder(), own),
    facts: async () => factsOf(ports, await folder()),
    open: (wanted, create) =>
      inTurn(async () => {
        const opened = await findFolderToOpen({ folder: wanted, create, own, workingFolder: ports.workingFolder })
        // The one that is left was in use, too, though perhaps nobody opened it here.
        const left = await folder().catch(() => opened)
        use(opened)
        await rememberRecent(ports.dataFolder, [...new Set([left, opened])], ports.clock.now())
        return factsOf(ports, opened)
      }),
    listProfiles: async () => listProfiles(await place(), secrets),
    secretUse: async () => secretUseOf(await place()),
    resolveProfile: async (name, explicit) =>
      isBuiltInProfile(name) ? readBuiltInProfile(ports, name, explicit) : readProfileFile(await place(), name),
    saveProfile: (profile) => inTurn(async () => saveProfileFile(await place(), profile)),
    duplicateProfile: (name, to) =>
      inTurn(async () => {
        if (!isBuiltInProfile(name)) return duplicateProfileFile(await place(), name, to)
        const { values, users } = await readBuiltInProfile(ports, name)
        return saveProfileFile(await place(), { name: to, title: '', values, users })
      }),
    renameProfile: (name, to) => inTurn(async () => renameProfileFile(await place(), name, to)),
    deleteProfile: (name) =>
      inTurn(async () => {
        const at = await place()
        return deleted.keep(at.folder, name, await deleteProfileFile(at, name))
      }),
    profileSource: async (name) => readProfileSource(await place(), name),
    checkProfile: async (name, text) => checkProfile(await place(), name, text),
    writeProfile: (profile) =>
      inTurn(async () => {
        const at = await place()
        return writeProfileText(at, { ...profile, wasDeleted: deleted.has(at.folder, profile.name, profile.text) })
      }),
    trustCertificate: (name, certificate) => inTurn(async () => trustCertificate(await place(), name, certificate)),
  }
}
