import type { Profile } from '../../contract/profile.ts'
import { mountWindow } from '../app/mount-window.ts'
import { createFakeEngine, type FakeEngineOptions } from './fake-engine.ts'
import { begun, failed, succeeded, waiting, waitingAfterForeignAnswer } from './recordings/authorization-code.ts'
import { madeUpTokens } from './fake-tokens.ts'
import { automatic, many } from './recordings/form-agent.ts'
import { largeBody, withFindings, withLargeBody } from './recordings/variants.ts'

const plays: Record<string, NonNullable<FakeEngineOptions['play']>> = {
  begun: (_input, recording) => begun(recording),
  waiting: (_input, recording) => waiting(recording),
  ignored: (_input, recording) => waitingAfterForeignAnswer(recording),
  succeeded: (_input, recording) => succeeded(recording),
  failed: (_input, recording) => failed(recording),
  automatic: (_input, recording) => automatic(recording),
  many: (_input, recording) => many(recording),
  noticed: (_input, recording) => withFindings(succeeded(recording)),
  large: (_input, recording) => withLargeBody(succeeded(recording)),
}

const profiles: Profile[] = [
  {
    name: 'acme-staging',
    title: 'Acme staging',
    values: {
      issuer: 'https://login.acme.test',
      client_id: 'confidential',
      client_secret: { secret: 'acme_staging_client_secret' },
      scope: 'openid offline_access',
      redirect_uri: 'http://127.0.0.1:8765/callback',
    },
  },
  {
    name: 'acme-production',
    title: 'Acme production',
    production: true,
    values: {
      issuer: 'https://login.acme.example',
      client_id: 'confidential',
      proxy: 'http://proxy.acme.example:8080',
      verify_tls: false,
      timeout_seconds: 10,
    },
    users: [{ username: 'alice', title: 'Alice', password: { secret: 'acme_production_alice_password' } }],
  },
]
const broken = { 'acme-broken': 'version: 1\ntitle: Acme broken\nissuer https://login.acme.test\nscope: openid\n' }

// The harness shows one recorded state: `?state=waiting&profile=acme-staging`.
const wanted = new URLSearchParams(location.search)
const state = wanted.get('state') ?? 'empty'
localStorage.setItem(
  'grantlab.preferences',
  JSON.stringify({ profile: wanted.get('profile') ?? 'playground', theme: wanted.get('theme') ?? 'system' }),
)
sessionStorage.clear()
sessionStorage.setItem('grantlab.place', wanted.get('place') ?? 'run')

const bodies = { [largeBody.id]: largeBody.text }
const engine = createFakeEngine({
  play: plays[state] ?? plays.succeeded!,
  profiles: state === 'empty' ? [] : profiles,
  brokenProfiles: state === 'empty' ? {} : broken,
  bodies,
  tokens: madeUpTokens(Number(wanted.get('families') ?? (state === 'empty' ? 0 : 12)), Date.now()),
})
if (plays[state]) {
  for (let earlier = 1; earlier <= 13; earlier++) {
    engine.record(
      `run-${earlier}`,
      succeeded({ runId: `run-${earlier}`, number: earlier, startedAt: Date.now() - 8e6 }),
    )
  }
  const { runId } = await engine.startRun({ operation: 'authorization-code', parameters: {} })
  sessionStorage.setItem('grantlab.run', runId)
}
mountWindow(engine)
