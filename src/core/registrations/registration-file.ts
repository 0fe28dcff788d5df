import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import type { Registration } from '../../contract/registration.ts'
import { fileKinds } from '../files/file-versions.ts'
import { readVersionedFile } from '../files/read-versioned-file.ts'

const maximumBytes = 8 * 1024 * 1024
const states: readonly Json[] = ['registered', 'unknown', 'gone'] satisfies Registration['state'][]
const texts = ['id', 'vendor', 'issuer', 'client_id', 'title', 'registeredAt'] as const

/** What a registration's file is found to be: one of ours, one of a newer Grantlab, or nothing that can be understood. */
export type ReadRegistration = { registration: Registration } | { newer: number } | undefined

/** The text of a registration's file. */
export function textOfRegistration(registration: Registration): string {
  return `${JSON.stringify({ version: fileKinds.registration.version, ...registration }, null, 2)}\n`
}

/** Reads a registration's file; undefined when there is none, and for one that is damaged. @throws the system's error */
export async function readRegistrationFile(path: string): Promise<ReadRegistration> {
  const file = await readVersionedFile(path, fileKinds.registration, { maximumBytes })
  const version = file && fileKinds.registration.versionOf(file.text)
  if (!file || version === undefined) return undefined
  if (version > fileKinds.registration.version) return { newer: version }
  const { version: _version, ...content } = JSON.parse(file.text) as JsonObject
  return isRegistration(content) ? { registration: content as unknown as Registration } : undefined
}

function isRegistration(content: JsonObject): boolean {
  const { isOwn, profile, state = null, client, management, profiles } = content
  return [
    hasTexts(content, texts),
    typeof isOwn === 'boolean',
    profile === null || typeof profile === 'string',
    states.includes(state),
    Array.isArray(profiles) && profiles.every((one) => typeof one === 'string'),
    client === undefined || (hasTexts(client, ['client_id']) && isJsonObject((client as JsonObject).further)),
    management === undefined || hasTexts(management, ['registration_client_uri', 'token']),
  ].every(Boolean)
}

function hasTexts(value: Json | undefined, names: readonly string[]): boolean {
  return isJsonObject(value) && names.every((name) => typeof value[name] === 'string')
}
