import { expect, it } from 'vitest'
import type { CertificateFacts, ConnectionFacts } from '../../../../contract/http.ts'
import { problemOf } from '../../../../contract/problem.ts'
import type { Exchange } from '../../../../contract/run.ts'
import { chainOf, commonNameOf } from './presented-chain.ts'

const certificate = (fingerprint256: string) => ({ fingerprint256 }) as CertificateFacts
const problem = problemOf('tls-untrusted', '', { exchange: 'e2' })
const exchange = (id: string, chain: CertificateFacts[]) => {
  const tls = { protocol: '', cipher: '', authorized: false, chain }
  return { id, connection: { reused: false, tls } satisfies ConnectionFacts } as unknown as Exchange
}

it('is the chain of the request the problem names, each certificate once', () => {
  const [leaf, root] = [certificate('AA'), certificate('BB')]
  const exchanges = [exchange('e1', [certificate('CC')]), exchange('e2', [leaf, root, root])]
  expect(chainOf({ exchanges }, problem)).toEqual([leaf, root])
})

it('is empty without that request, or without TLS', () => {
  expect(chainOf(undefined, problem)).toEqual([])
  expect(chainOf({ exchanges: [] }, problem)).toEqual([])
  expect(chainOf({ exchanges: [{ id: 'e2' } as Exchange] }, problem)).toEqual([])
})

it('is headed by common names', () => {
  expect(commonNameOf('C=DE\nO=Acme\nCN=Acme Root CA')).toBe('Acme Root CA')
  expect(commonNameOf('CN=as.test, O=Acme')).toBe('as.test')
  expect(commonNameOf('O=Acme')).toBe('O=Acme')
})
