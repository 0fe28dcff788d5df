import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { RecordStore, RecordStoreFullError } from '../authorization-server/record-store.ts'
import { storeFull } from './api-error.ts'
import type { ApiRequest } from './api-request.ts'

/** Somebody who signed in at the portal. */
export interface PortalSession {
  id: string
  username: string
}

const sessionSeconds = 3600
const sessionLimit = 10_000

/** Who is signed in at the portal, by a cookie. */
export class PortalSessions {
  readonly #sessions = new RecordStore<PortalSession>(sessionLimit)
  readonly #cookie: string
  readonly #key = randomBytes(32)

  constructor(port: number) {
    // A browser sends the cookies of one loopback port to every other, so the name carries the port.
    this.#cookie = `telnyx_emulator_${port}`
  }

  /** The session that a request's cookie names. */
  of({ headers }: ApiRequest): PortalSession | undefined {
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
    const found = cookies.find((cookie) => cookie.startsWith(`${this.#cookie}=`))
    return found === undefined ? undefined : this.#sessions.get(found.slice(this.#cookie.length + 1))
  }

  /**
   * Signs somebody in; answers the Set-Cookie field.
   * @throws ApiError 503 when there is no room.
   */
  start(username: string): string {
    const id = randomBytes(32).toString('base64url')
    try {
      this.#sessions.put({ key: id, payload: { id, username }, expiresInSeconds: sessionSeconds, groups: [] })
    } catch (error) {
      if (error instanceof RecordStoreFullError) throw storeFull('sign-ins', sessionLimit)
      throw error
    }
    return `${this.#cookie}=${id}; Path=/portal; HttpOnly; SameSite=Lax; Max-Age=${sessionSeconds}`
  }

  /** What only the page knows that was shown to this session for this consent. */
  proofOf(session: PortalSession, token: string): string {
    return createHmac('sha256', this.#key).update(`${session.id} ${token}`).digest('base64url')
  }

  /** Whether this is that proof. */
  isProof(session: PortalSession, token: string, proof: string): boolean {
    const [own, given] = [Buffer.from(this.proofOf(session, token)), Buffer.from(proof)]
    return own.length === given.length && timingSafeEqual(own, given)
  }
}
