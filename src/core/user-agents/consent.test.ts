import { describe, expect, it } from 'vitest'
import { problemIn } from '../../contract/wire.ts'
import { consent } from './consent.ts'
import { taskFor, testRedirectUri } from './testing/agent-task.ts'
import { servePages } from './testing/page-server.ts'
import type { UserAgentTask } from './user-agent.ts'

const approved = `${testRedirectUri}?code=a-code&state=a-state`

/** An API that answers with this address, and remembers what it was asked. */
function deciding(address = approved) {
  const decisions: { consentToken: string; isAllowed: boolean }[] = []
  const decideConsent: UserAgentTask['decideConsent'] = async (decision) => {
    decisions.push(decision)
    return address
  }
  return { decisions, decideConsent }
}

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => problemIn(error),
  )

describe('approving through the management API', () => {
  it('stops before the consent page, and takes the answer of the API', async () => {
    const { decisions, decideConsent } = deciding()
    const server = await servePages({
      '/authorize': { status: 302, location: '/portal', headers: { 'set-cookie': 'a=b' } },
      '/portal': (request) => ({
        status: 302,
        location: `/portal/consent?consent_token=tok-${request.headers.cookie ?? 'none'}`,
      }),
    })
    const received = await consent.authorize(taskFor(`${server.origin}/authorize`, { decideConsent }))
    expect(received).toMatchObject({ url: approved, via: 'consent' })
    expect(decisions).toEqual([{ consentToken: 'tok-a=b', isAllowed: true }])
    expect(server.trail()).toEqual(['GET /authorize', 'GET /portal'])
  })

  it('refuses when it is told to', async () => {
    const { decisions, decideConsent } = deciding(`${testRedirectUri}?error=access_denied`)
    const server = await servePages({ '/authorize': { status: 302, location: '/consent?token=t' } })
    const task = taskFor(`${server.origin}/authorize`, { decideConsent, consent: 'deny' })
    expect(await consent.authorize(task)).toMatchObject({ parameters: [['error', 'access_denied']] })
    expect(decisions).toEqual([{ consentToken: 't', isAllowed: false }])
  })

  it('takes an answer that comes at once', async () => {
    const { decisions, decideConsent } = deciding()
    const server = await servePages({
      '/authorize': { status: 302, location: `${testRedirectUri}?error=invalid_scope` },
    })
    const task = taskFor(`${server.origin}/authorize`, { decideConsent })
    expect(await consent.authorize(task)).toMatchObject({ parameters: [['error', 'invalid_scope']] })
    expect(decisions).toEqual([])
  })

  it('is not offered without an API', async () => {
    const found = await problemOf(consent.authorize(taskFor('http://127.0.0.1:9/authorize')))
    expect(found).toMatchObject({ code: 'not-offered' })
  })

  it.each([
    ['a page that asks somebody to sign in', { html: '<h1>Sign in</h1>' }, 200],
    ['an error page', { status: 400, html: '<h1>invalid client</h1>' }, 400],
    ['a redirect to nowhere', { status: 302, location: 'http://' }, 302],
  ])('says what came in the place of a consent page: %s', async (_name, answer, status) => {
    const { decisions, decideConsent } = deciding()
    const server = await servePages({ '/authorize': answer })
    const found = await problemOf(consent.authorize(taskFor(`${server.origin}/authorize`, { decideConsent })))
    expect(found).toMatchObject({ code: 'response-unexpected', status })
    expect(decisions).toEqual([])
  })

  it('does not go round for ever', async () => {
    const server = await servePages({ '/authorize': { status: 302, location: '/authorize' } })
    const task = taskFor(`${server.origin}/authorize`, deciding())
    expect(await problemOf(consent.authorize(task))).toMatchObject({ code: 'response-unexpected' })
    expect(server.trail()).toHaveLength(10)
  })

  it('takes no answer that belongs to another address', async () => {
    const { decideConsent } = deciding('https://evil.example/cb?code=MARKED')
    const server = await servePages({ '/authorize': { status: 302, location: '/consent?consent_token=t' } })
    const found = await problemOf(consent.authorize(taskFor(`${server.origin}/authorize`, { decideConsent })))
    expect(found).toMatchObject({ code: 'authorization-response-invalid' })
    expect(JSON.stringify(found)).not.toContain('MARKED')
  })
})
