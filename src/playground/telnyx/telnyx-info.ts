import { createHmac } from 'node:crypto'
import type { PlaygroundTelnyx } from '../playground-info.ts'

/** What the emulator's secrets and ids come from. */
interface Seed {
  cookieKeys: readonly string[]
}

/** The loopback redirect URI that the example client is registered with; every port of it is taken. */
export const exampleRedirectUri = 'http://127.0.0.1/callback'

/**
 * All that is needed to use the emulator that listens on this port. Key, ids and secrets come from the playground's
 * state, so they are the same after a restart and need no place in its file.
 */
export function telnyxInfo(state: Seed, port: number): PlaygroundTelnyx {
  const issuer = `http://127.0.0.1:${port}`
  return {
    base_url: `${issuer}/v2`,
    issuer,
    api_key: `KEY${derive(state, 'telnyx API key').toString('base64url')}`,
    client_id: deriveClientId(state, 'telnyx public client'),
    redirect_uri: exampleRedirectUri,
    machine_client_id: deriveClientId(state, 'telnyx machine client'),
    machine_client_secret: derive(state, 'telnyx machine client secret').toString('base64url'),
  }
}

/** The same UUID for the same thing in each run of one playground. @see RFC 9562 §5.8 */
export function derivedUuid(state: Seed, what: string): string {
  const bytes = derive(state, `telnyx id of ${what}`).subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function deriveClientId(state: Seed, label: string): string {
  return derive(state, label).subarray(0, 16).toString('base64url')
}

/** SECURITY: one way: what is derived tells nothing of the key, nor of anything else derived from it. */
function derive(state: Seed, label: string): Buffer {
  const [key] = state.cookieKeys
  if (key === undefined) throw new Error('The state has no key to derive from.')
  return createHmac('sha256', key).update(label).digest()
}
