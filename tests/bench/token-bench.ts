import { compactVerify, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import { judge } from '../../src/contract/bench/judge.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { keysOf } from '../../src/core/protocol/token-signature/candidate-key.ts'
import { checkSignature } from '../../src/core/protocol/token-signature/check-signature.ts'
import { readToken } from '../../src/core/protocol/token-signature/read-token.ts'
import { median } from './measure-process.ts'

const count = 500
const rounds = 9

/** Tokens decoded, verified and judged per second, against bare jose in the same run. */
export async function benchTokens(): Promise<string[]> {
  return [await lineOf('RS256'), await lineOf('ES256'), await lineOf('EdDSA')]
}

async function lineOf(alg: string): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...((await exportJWK(publicKey)) as JsonObject), kid: 'one' }
  const exp = Math.floor(Date.now() / 1000) + 3600
  const claims = { iss: 'https://as.test', sub: 'alice', aud: 'client', iat: exp - 3600, exp }
  const token = await new SignJWT(claims).setProtectedHeader({ alg, kid: 'one' }).sign(privateKey)
  const source = { keys: keysOf({ keys: [jwk] }), from: 'given', lines: [] }
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let round = -2; round < rounds; round++) {
    const judged = await timed(() => judgeOnce(token, source))
    const bare = await timed(async () => {
      const { payload } = await compactVerify(token, await importJWK(jwk, alg), { algorithms: [alg] })
      JSON.parse(new TextDecoder().decode(payload))
    })
    if (round < 0) continue
    ours.push(judged)
    theirs.push(bare)
  }
  const pairs = ours.map((one, index) => one / theirs[index]!)
  const spread = `${Math.min(...pairs).toFixed(2)}–${Math.max(...pairs).toFixed(2)}`
  const rate = (times: number[]) => Math.round((count * 1000) / median(times))
  return `${alg} decoded, verified and judged: ${median(pairs).toFixed(2)} × bare jose (${spread}; ${rate(ours)} against ${rate(theirs)} per second, n=${rounds})`
}

async function judgeOnce(value: string, source: Parameters<typeof checkSignature>[0]['source']): Promise<void> {
  const token = readToken(value)
  const signature = await checkSignature({ token, use: 'id_token', source })
  const { verdict } = judge({
    token: { header: token.header!, claims: token.claims!, characters: value.length },
    use: 'id_token',
    signature,
    at: new Date().toISOString(),
    toleranceSeconds: 30,
    asked: { issuer: 'https://as.test', client_id: 'client' },
    hashes: {},
  })
  if (verdict !== 'valid') throw new Error(`the verdict was ${verdict}`)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  for (let index = 0; index < count; index++) await work()
  return performance.now() - start
}
