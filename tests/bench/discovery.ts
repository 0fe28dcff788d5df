import { generateKeyPairSync } from 'node:crypto'
import type { Json, JsonObject } from '../../src/contract/json.ts'
import { findingsOf } from '../../src/contract/rules/index.ts'
import type { Run } from '../../src/contract/run.ts'
import { soundMetadata, startMetadataServer } from '../support/metadata-server.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'
import { median } from './measure-process.ts'

const rounds = 11
const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) as JsonObject
const wellKnown = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']

/** A whole discovery with all checks against a bare fetch and JSON.parse of the same answers, and a key among 40,000. */
export async function benchDiscovery(): Promise<string[]> {
  const test = await createTestEngine()
  try {
    return [...(await discoveryLines(test, 4)), ...(await discoveryLines(test, 40_000))]
  } finally {
    await test.close()
  }
}

async function discoveryLines(test: TestEngine, count: number): Promise<string[]> {
  const keys: Json[] = Array.from({ length: count }, (_, index) => ({ ...publicKey, kid: `k${index}`, use: 'sig' }))
  const documents = Object.fromEntries(wellKnown.map((path) => [path, soundMetadata]))
  const server = await startMetadataServer({ ...documents, '/jwks': { keys } })
  const [ours, theirs]: [number[], number[]] = [[], []]
  let last: Run | undefined
  try {
    for (let round = -2; round < rounds; round++) {
      const checked = await timed(async () => {
        last = (await test.run({ operation: 'discover', parameters: { issuer: server.origin } })).run
        if (findingsOf(last).length > 0 || last.keySets[0]?.total !== count) throw new Error('not what was to be read')
      })
      const bare = await timed(async () => {
        for (const path of [...wellKnown, '/jwks']) JSON.parse(await (await fetch(server.origin + path)).text())
      })
      if (round < 0) continue
      ours.push(checked)
      theirs.push(bare)
    }
    return [ratioLine(count, ours, theirs), ...(count > 100 ? await findingLines(test, last!) : [])]
  } finally {
    await server.close()
  }
}

function ratioLine(count: number, ours: number[], theirs: number[]): string {
  const pairs = ours.map((one, index) => one / theirs[index]!)
  const spread = `${Math.min(...pairs).toFixed(1)}–${Math.max(...pairs).toFixed(1)}`
  const figures = `${median(ours).toFixed(1)} against ${median(theirs).toFixed(1)} ms, n=${rounds}`
  return `discovery with ${count} keys, checked and recorded: ${median(pairs).toFixed(1)} × bare fetch and JSON.parse (${spread}; ${figures})`
}

async function findingLines({ engine }: TestEngine, { id, keySets }: Run): Promise<string[]> {
  const find = (text: string) =>
    timed(async () => {
      const found = await engine.runCommand('keys find', { run_id: id, exchange: keySets[0]!.exchange, text })
      if (found.keys[0]?.kid !== text) throw new Error('another key was found')
    })
  const first = await find('k39999')
  const next: number[] = []
  for (let round = 0; round < rounds; round++) next.push(await find(`k${20_000 + round}`))
  return [`a key among 40,000 by its kid: ${first.toFixed(0)} ms at first, then ${median(next).toFixed(1)} ms`]
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
