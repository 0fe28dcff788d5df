import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { RunReport } from '../../src/contract/report.ts'
import { runCli, type CliResult } from './run-cli.ts'
import { createTestPlayground } from './test-engine.ts'

/** A playground with the flags that use it, and folders of its own for the command line. */
export type CliBench = Awaited<ReturnType<typeof createCliBench>>

/** Makes a bench for tests of the command line. */
export async function createCliBench() {
  const playground = await createTestPlayground()
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-cli-'))
  const password = playground.playground.info.users.find(({ username }) => username === 'alice')?.password ?? ''
  const folders = ['--data-dir', join(folder, 'data'), '--workspace', join(folder, 'workspace')]
  const server = (clientId = 'public') => ['--issuer', playground.issuer, '--client-id', clientId]
  const environment = { SECRET: playground.secretOf('confidential'), PASSWORD: password }
  return {
    playground,
    issuer: playground.issuer,
    folder,
    password,
    folders,
    server,
    environment,
    /** flags of a confidential client */
    confidential: [...server('confidential'), '--client-secret-env', 'SECRET'],
    /** flags of a sign-in, without who signs in */
    signIn: [...server(), '--redirect-uri', 'http://127.0.0.1:0/callback', '--scope', 'openid offline_access'],
    formAgent: ['--agent', 'form', '--user', 'alice', '--password-env', 'PASSWORD'],
    /** runs the command line on these folders with the secrets in its environment */
    grantlab: (...args: string[]) => runCli([...args, ...folders], { environment }),
    async close() {
      await playground.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The JSON object on stdout. */
export function reportIn({ stdout }: CliResult): RunReport {
  return JSON.parse(stdout) as RunReport
}

/** The problem on stderr, which is its last line and the only one that is JSON. */
export function problemLineIn({ stderr }: CliResult): unknown {
  const lines = stderr.trim().split('\n')
  expect(lines.filter((line) => line.startsWith('{'))).toHaveLength(1)
  return JSON.parse(lines.at(-1) ?? '')
}
