import type { Interaction } from 'oidc-provider'
import type Provider from 'oidc-provider'

/** Stores a grant of all that the authorization request asks for and that is not granted yet; answers its id. */
export async function grantWhatIsAsked(provider: Provider, interaction: Interaction): Promise<string> {
  const existing = interaction.grantId ? await provider.Grant.find(interaction.grantId) : undefined
  const grant = existing ?? newGrant(provider, interaction)
  const { missingOIDCScope, missingOIDCClaims, missingResourceScopes } = interaction.prompt.details
  if (isTextList(missingOIDCScope)) grant.addOIDCScope(missingOIDCScope)
  if (isTextList(missingOIDCClaims)) grant.addOIDCClaims(missingOIDCClaims)
  for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {})) {
    if (isTextList(scopes)) grant.addResourceScope(resource, scopes)
  }
  return grant.save()
}

function newGrant(provider: Provider, { session, params }: Interaction) {
  const accountId = session?.accountId
  if (accountId === undefined) throw new Error('A grant needs a resource owner who has signed in.')
  return new provider.Grant({ accountId, clientId: String(params['client_id']) })
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
