import type { AuthorizationServer } from 'oauth4webapi'
import { textsOfMember } from '../../../contract/client-record.ts'
import type { ParameterValues } from '../../../contract/description.ts'
import type { JsonObject } from '../../../contract/json.ts'
import { isLoopbackHost } from '../../../contract/metadata/address.ts'
import { withPreset } from '../../../contract/presets.ts'
import type { RunContext } from '../../runs/run-context.ts'
import { clientMetadataOf } from './client-metadata.ts'

const specification = 'OpenID Connect Registration §2'

/**
 * The metadata to register: the preset under what is given by hand, and at an OpenID server the application type, told from
 * the redirect URIs where nobody gave it. The run says which and why.
 */
export function completeMetadata(
  context: RunContext,
  server: AuthorizationServer,
  parameters: ParameterValues,
): JsonObject {
  const { application_type: preset, ...metadata } = clientMetadataOf(withPreset(parameters))
  const given = clientMetadataOf(parameters).application_type
  if (given !== undefined) return { ...metadata, application_type: given }
  // A server of OAuth alone does not know the member, and may refuse what it does not know.
  if (!isOpenId(server)) return metadata
  const { type, reason } =
    preset === undefined
      ? typeOf(textsOfMember(metadata.redirect_uris))
      : { type: preset, reason: 'The preset says so.' }
  if (type === undefined) return metadata
  context.decide({ subject: 'application type', choice: String(type), reason, specification })
  return { ...metadata, application_type: type }
}

function isOpenId(server: AuthorizationServer): boolean {
  return server.subject_types_supported !== undefined
}

function typeOf(redirectUris: string[]): { type: string | undefined; reason: string } {
  const first = redirectUris.find((uri) => isOnDevice(URL.parse(uri)))
  if (first !== undefined) return { type: 'native', reason: `${first} leads to the device that the client runs on.` }
  const type = redirectUris.length > 0 ? 'web' : undefined
  return { type, reason: 'No redirect URI leads to the device that the client runs on.' }
}

/** A loopback address or a scheme of an application's own. @see RFC 8252 §7 */
function isOnDevice(url: URL | null): boolean {
  if (!url || url.protocol === 'https:') return false
  return url.protocol !== 'http:' || isLoopbackHost(url.hostname)
}
