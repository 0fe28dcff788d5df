import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../src/core/vault/testing/vault-process.ts', import.meta.url))

/** A process that works on a vault. */
export interface VaultProcess {
  child: ChildProcessWithoutNullStreams
  /** every fact it told so far */
  facts: unknown[]
  /** Resolves once it has told this many facts, or ended. */
  told(count: number): Promise<void>
  /** resolves when it ended well or was killed; rejects with its stderr */
  ended: Promise<void>
}

/** Starts `testing/vault-process.ts` with these arguments. */
export function startVaultProcess(args: string[], environment: Record<string, string>): VaultProcess {
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH, ...environment } })
  const facts: unknown[] = []
  const waiting = new Set<() => void>()
  let errors = ''
  let hasEnded = false
  const tell = () => waiting.forEach((look) => look())
  createInterface({ input: child.stdout }).on('line', (line) => {
    facts.push(JSON.parse(line))
    tell()
  })
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdin.on('error', () => undefined)
  const end = async () => {
    const [code] = (await once(child, 'close')) as [number | null]
    hasEnded = true
    tell()
    if (code !== 0 && code !== null) throw new Error(`the vault's process ended with ${code}: ${errors}`)
  }
  const ended = end()
  ended.catch(() => undefined)
  const told = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (facts.length < count && !hasEnded) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { child, facts, told, ended }
}

/** Runs it to its end and answers the facts. */
export async function runVaultProcess(args: string[], environment: Record<string, string>): Promise<unknown[]> {
  const { facts, ended } = startVaultProcess(args, environment)
  await ended
  return facts
}
