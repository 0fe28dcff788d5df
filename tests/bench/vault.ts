import { createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open, seal } from '../../src/core/vault/seal.ts'
import { createSealedVault } from '../../src/core/vault/sealed-vault.ts'
import { createTestKeychain } from '../../src/core/vault/testing/test-keychain.ts'
import { median } from './measure-process.ts'

const count = 1000
const rounds = 7
const text = 'x'.repeat(1500)

/** Vault operations against bare node:crypto in this same process, and how long 1,000 secrets take to open. */
export async function benchVault(): Promise<string[]> {
  return [...sealLines(), ...(await openingLines())]
}

function sealLines(): string[] {
  const key = randomBytes(32)
  const sealed = Array.from({ length: count }, () => seal(key, text, 'about'))
  const bare = sealed.map(({ nonce, data }) => ({
    nonce: Buffer.from(nonce, 'base64'),
    data: Buffer.from(data, 'base64'),
  }))
  const ours = timed(() => sealed.forEach((one) => open(key, one, 'about')))
  const theirs = timed(() => bare.forEach((one) => bareOpen(key, one)))
  return [
    `opening in memory: ${(ours / theirs).toFixed(2)} × bare node:crypto (${microseconds(ours)} against ${microseconds(theirs)} each)`,
  ]
}

async function openingLines(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-bench-'))
  const place = { folder: join(folder, 'vault'), keychain: createTestKeychain(), environment: {}, clock: Date }
  const ids = Array.from({ length: count }, () => randomUUID())
  const key = randomBytes(32)
  const bare = ids.map(() => {
    const { nonce, data } = seal(key, text, 'about')
    return { nonce: Buffer.from(nonce, 'base64'), data: Buffer.from(data, 'base64') }
  })
  try {
    const writer = createSealedVault(place)
    for (const id of ids) await writer.families.write(id, text)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const vault = createSealedVault(place)
      await vault.families.read(ids.slice(0, 1))
      const start = performance.now()
      const { texts } = await vault.families.read(ids)
      times.push(performance.now() - start)
      if (texts.size !== count) throw new Error('not all records opened')
    }
    const theirs = timed(() => bare.forEach((one) => bareOpen(key, one)))
    const ours = median(times)
    return [
      `opening 1,000 secrets from disk: ${ours.toFixed(0)} ms (goal 50), ${(ours / theirs).toFixed(1)} × bare node:crypto without a disk (${theirs.toFixed(1)} ms)`,
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function bareOpen(key: Buffer, { nonce, data }: { nonce: Buffer; data: Buffer }): string {
  const opening = createDecipheriv('aes-256-gcm', key, nonce)
  opening.setAAD(Buffer.from('about'))
  opening.setAuthTag(data.subarray(-16))
  return opening.update(data.subarray(0, -16), undefined, 'utf8') + opening.final('utf8')
}

function timed(work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return median(times)
}

function microseconds(ms: number): string {
  return `${((ms * 1000) / count).toFixed(1)} µs`
}
