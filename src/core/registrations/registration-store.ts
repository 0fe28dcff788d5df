import type { Registration } from '../../contract/registration.ts'

/**
 * What was registered from this data folder, and what is known of clients that others registered: one file for each, without
 * secrets. What a disk refuses is told; a damaged file is left and left out.
 */
export interface RegistrationStore {
  /** Newest first. */
  list(): Promise<Registration[]>
  /** @throws ProblemError registration-not-found */
  get(id: string): Promise<Registration>
  /** The newest that is known of a client at a server, one that is not gone first. */
  find(issuer: string, clientId: string): Promise<Registration | undefined>
  /** Writes one whole; resolves when it is on disk. @throws ProblemError data-folder-failed */
  save(registration: Registration): Promise<void>
  /** Changes one as it is now, one caller at a time; undefined from `next` leaves it. */
  change(id: string, next: (now: Registration) => Registration | undefined): Promise<Registration | undefined>
  /** False when there was none. */
  remove(id: string): Promise<boolean>
}
