import type { JsonObject } from './json.ts'
import type { Problem } from './problem.ts'
import type { ParameterValues } from './description.ts'

/** A reference to a secret by its name; the only form a secret takes in a workspace file. */
export interface SecretReference {
  secret: string
}

/** Tells a secret reference from other values. */
export function isSecretReference(value: unknown): value is SecretReference {
  return typeof value === 'object' && value !== null && typeof (value as JsonObject).secret === 'string'
}

/** A test user that a profile knows. */
export interface TestUser {
  /** what is typed into the sign-in page, and the id everywhere */
  username: string
  title: string
  password?: SecretReference
}

/** Authorization server + client + defaults. `values` holds every parameter marked `inProfile` that is set. */
export interface Profile {
  /** file name without `.yaml`: lower case letters, digits, `-`, `_`, `.`; the id everywhere */
  name: string
  title: string
  values: ParameterValues
  /** real people's data: an amber bar, and what destroys something asks for the profile's name */
  production?: boolean
  /** made by Grantlab, not by a file; cannot be edited */
  builtIn?: boolean
  /** test users known to the profile; the first is the default of the automatic sign-in */
  users?: TestUser[]
}

/** A profile's file as it stands on disk. */
export interface ProfileSource {
  name: string
  file: string
  text: string
}

/** What a list shows of a profile. A broken file is listed with its problem so that nothing is lost. */
export interface ProfileSummary {
  name: string
  title: string
  issuer: string
  /** how its clients and grants are managed, where it says so */
  vendor?: string
  builtIn: boolean
  production: boolean
  /** names of secrets it refers to that have no value here */
  missingSecrets: string[]
  problem?: Problem
}
