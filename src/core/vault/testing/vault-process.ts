import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { createKeychain } from '../keychain.ts'
import { createSealedVault } from '../sealed-vault.ts'
import { createTokenStore } from '../token-store.ts'
import { createFileKeychain } from './file-keychain.ts'

// A process that works on the vault of a data folder: what it does is its first argument. Each line it prints is a fact.
const [work = '', dataFolder = '', ...rest] = process.argv.slice(2)
const say = (fact: unknown) => writeSync(1, `${JSON.stringify(fact)}\n`)
const keychain = process.env.TEST_KEYCHAIN ? createFileKeychain(process.env.TEST_KEYCHAIN) : createKeychain()
const vault = createSealedVault({ folder: join(dataFolder, 'vault'), keychain, environment: process.env, clock: Date })

const works: Record<string, () => Promise<void>> = {
  /** sets secrets one after the other, each with a value that grows, until it is killed */
  async write() {
    const [name = 'x', start = '0'] = rest
    for (let count = Number(start); ; count++) {
      await vault.set(`${name}-${count % 5}`, `${'v'.repeat(2000)} ${count}`)
      say(count)
    }
  },
  /** moves everything to and fro until it is killed */
  async move() {
    const ticking = setInterval(() => say('tick'), 5)
    for (;;) {
      await vault.use('passphrase')
      await vault.use('keychain')
      ticking.refresh()
    }
  },
  /** looks for a refresh token, waits for a line on stdin, then refreshes at the address */
  async refresh() {
    const [address = ''] = rest
    const tokens = createTokenStore({ clock: Date, records: vault.families })
    const family = await tokens.findRefresh({
      profile: 'acme',
      issuer: 'https://a.test',
      client_id: 'app',
      keyBinding: '',
    })
    say('seen')
    await new Promise((resolve) => process.stdin.once('data', resolve))
    process.stdin.pause()
    const next = await tokens.refresh(family, async ({ tokens: { refresh_token } }) => {
      const answer = await fetch(`${address}?refresh_token=${refresh_token}`)
      if (!answer.ok) throw new Error(`refused: ${answer.status}`)
      return (await answer.json()) as Record<string, string>
    })
    say({ generation: next.generation, refresh_token: next.tokens.refresh_token })
  },
  /** keeps a family with this refresh token */
  async keep() {
    const tokens = createTokenStore({ clock: Date, records: vault.families })
    const key = {
      profile: 'acme',
      issuer: 'https://a.test',
      client_id: 'app',
      redirect_uri: '',
      user: '',
      keyBinding: '',
    }
    await tokens.keep({ ...key, scope: 'openid', resource: [] }, { refresh_token: rest[0] }, 'authorization-code')
    await tokens.settle()
  },
  async facts() {
    say(await vault.facts())
    say(await vault.unlock())
  },
  async set() {
    const [name = '', value = ''] = rest
    say(await vault.set(name, value).then(() => 'set', problemCode))
  },
  async get() {
    const [name = ''] = rest
    say(await vault.get(name).then((secret) => secret?.value ?? null, problemCode))
  },
}

function problemCode(error: { problem?: { code: string } }): string {
  return error.problem?.code ?? String(error)
}

await works[work]!()
