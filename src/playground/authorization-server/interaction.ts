import { errors, type Interaction, type InteractionResults } from 'oidc-provider'
import type Provider from 'oidc-provider'
import type { Context } from '../own-routes.ts'
import { renderErrorDocument } from '../pages/error-page.ts'
import { readBody } from '../read-body.ts'
import { grantWhatIsAsked } from './grant-scopes.ts'
import { respondWithPage } from './html-response.ts'
import { renderInteraction } from './render-interaction.ts'
import { signInUser, usersShownTo } from './users.ts'

const formLimitBytes = 16 * 1024

/** Shows the sign-in or consent page that an authorization request waits for, and takes its forms. */
export async function handleInteraction(provider: Provider, ctx: Context): Promise<void> {
  const interaction = await findInteraction(provider, ctx)
  if (!interaction) return respondGone(ctx)
  const client = await provider.Client.find(String(interaction.params['client_id']))
  const users = usersShownTo(ctx.req.headers)
  if (ctx.method !== 'POST') return respondWithPage(ctx, renderInteraction(interaction, { client, users }))
  const form = new URLSearchParams(await readBody(ctx.req, formLimitBytes))
  const result = await decide(provider, interaction, form)
  if (!result) {
    ctx.status = 400
    return respondWithPage(
      ctx,
      renderInteraction(interaction, { client, users, refusedUsername: form.get('username') ?? '' }),
    )
  }
  const mergeWithLastSubmission = interaction.prompt.name === 'consent'
  const returnTo = await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission })
  ctx.status = 303
  ctx.redirect(returnTo)
}

async function findInteraction(provider: Provider, ctx: Context): Promise<Interaction | undefined> {
  try {
    const interaction = await provider.interactionDetails(ctx.req, ctx.res)
    return ctx.path === `/interaction/${interaction.uid}` ? interaction : undefined
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined
    throw error
  }
}

function respondGone(ctx: Context): void {
  ctx.status = 400
  const description =
    'This page is not waiting for an answer any more: it was answered, has expired, or cookies are off.'
  respondWithPage(ctx, renderErrorDocument({ error: 'invalid_request', error_description: description }))
}

/** What the form means for the authorization request; nothing when the sign-in was refused. */
async function decide(
  provider: Provider,
  interaction: Interaction,
  form: URLSearchParams,
): Promise<InteractionResults | undefined> {
  const decision = form.get('decision')
  const prompt = interaction.prompt.name
  if (prompt === 'login' && decision === 'sign-in') {
    const user = signInUser((form.get('username') ?? '').trim(), form.get('password') ?? '')
    return user && { login: { accountId: user.username, amr: ['pwd'] } }
  }
  if (prompt === 'consent' && decision === 'allow') {
    return { consent: { grantId: await grantWhatIsAsked(provider, interaction) } }
  }
  // SECURITY: only an explicit Allow grants; whatever else was posted is a refusal.
  const description = prompt === 'login' ? 'the sign-in was cancelled' : 'the resource owner denied the request'
  return { error: 'access_denied', error_description: description }
}
