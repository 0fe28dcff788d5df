import type { Interaction } from 'oidc-provider'
import type { PlaygroundUser } from '../playground-info.ts'
import { renderConsentPage } from '../pages/consent-page.ts'
import { renderSignInPage } from '../pages/sign-in-page.ts'
import { allScopes, scopeWords } from './scopes.ts'
import { findUser } from './users.ts'

/** Who asks for an interaction, and who looks at it. */
interface Asking {
  client: { clientId: string; clientName?: string | undefined } | undefined
  /** the users to name with their passwords */
  users: readonly PlaygroundUser[]
  /** what was typed when the sign-in was just refused */
  refusedUsername?: string
}

/** The page that an interaction waits on. */
export function renderInteraction(interaction: Interaction, { client, users, refusedUsername }: Asking): string {
  const { prompt, params, uid } = interaction
  const action = `/interaction/${uid}`
  const clientId = client?.clientId ?? ''
  const clientTitle = client?.clientName ?? clientId
  if (prompt.name === 'consent') return renderConsent(interaction, { action, clientId, clientTitle })
  const refused = refusedUsername !== undefined
  const username = refusedUsername ?? textOf(params['login_hint'])
  return renderSignInPage({ action, clientTitle, username, refused, users })
}

function renderConsent(
  { params, session }: Interaction,
  asking: { action: string; clientId: string; clientTitle: string },
): string {
  const user = findUser(session?.accountId)
  const asked = textOf(params['scope']).split(' ')
  return renderConsentPage({
    ...asking,
    scopes: allScopes.filter((name) => asked.includes(name)).map((name) => ({ name, words: scopeWords[name] ?? name })),
    userName: user?.name ?? '',
    username: user?.username ?? '',
    redirectHost: URL.parse(textOf(params['redirect_uri']))?.host ?? '',
  })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
