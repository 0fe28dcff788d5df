import type { ParameterValues } from '../../contract/description.ts'
import type { Profile } from '../../contract/profile.ts'
import type { EnginePorts } from '../ports.ts'
import { playgroundProfileName, playgroundTitle, readPlaygroundProfile } from './playground-profile.ts'
import {
  readTelnyxEmulatorProfile,
  telnyxEmulatorProfileName,
  telnyxEmulatorTitle,
  telnyxEmulatorVendor,
} from './telnyx-emulator-profile.ts'

/** A profile that always exists, made by no file. */
interface BuiltInProfile {
  name: string
  /** known without starting anything */
  title: string
  /** how its clients and grants are managed, where it says so; known without starting anything, too */
  vendor?: string
  read(ports: Pick<EnginePorts, 'playground'>, explicit: ParameterValues): Promise<Profile>
}

/** Every profile that Grantlab makes, in the order in which they are listed. */
export const builtInProfiles: readonly BuiltInProfile[] = [
  { name: playgroundProfileName, title: playgroundTitle, read: readPlaygroundProfile },
  {
    name: telnyxEmulatorProfileName,
    title: telnyxEmulatorTitle,
    vendor: telnyxEmulatorVendor,
    read: readTelnyxEmulatorProfile,
  },
]

/** Whether Grantlab makes the profile of this name. */
export function isBuiltInProfile(name: string): boolean {
  return builtInProfiles.some((profile) => profile.name === name)
}

/**
 * A profile that Grantlab makes; starts the playground. `explicit` are values given beside it: with another client of it
 * the reference to that client's secret comes along.
 * @throws ProblemError playground-failed where this host has none
 */
export async function readBuiltInProfile(
  ports: Pick<EnginePorts, 'playground'>,
  name: string,
  explicit: ParameterValues = {},
): Promise<Profile> {
  return builtInProfiles.find((profile) => profile.name === name)!.read(ports, explicit)
}
