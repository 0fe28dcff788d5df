import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import { leaksIn } from './every-encoding.ts'
import { startRegistrationServer, type RegistrationAnswer } from './registration-server.ts'
import { createTestEngine, type TestEngine } from './test-engine.ts'

type Server = Awaited<ReturnType<typeof startRegistrationServer>>

/** An engine and a server of registrations for each test of a file. */
export function useRegistrationBench() {
  const bench = {} as { test: TestEngine; server: Server }
  const servers: Server[] = []
  beforeEach(async () => {
    bench.test = await createTestEngine()
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
    await bench.test.close()
  })

  const startServer = async (answers: Partial<Record<string, RegistrationAnswer>>) => {
    const server = await startRegistrationServer(answers)
    servers.push(server)
    return server
  }
  const start = (operation: string, parameters: ParameterValues = {}, allowSecrets = false) =>
    bench.test.run({ operation, parameters: { issuer: bench.server.issuer, ...parameters }, allowSecrets })
  return Object.assign(bench, {
    startServer,
    async serve(answers: Partial<Record<string, RegistrationAnswer>>) {
      bench.server = await startServer(answers)
    },
    start,
    register: (parameters: ParameterValues = {}) =>
      start('register', { client_name: 'Mine', redirect_uris: ['http://127.0.0.1/callback'], ...parameters }),
    inventory: () => bench.test.engine.runCommand('registrations list', {}),
    /** Nothing of these values in the events and in what was written; ends the engine. */
    async expectNowhere(events: unknown, values: string[]) {
      await bench.test.engine.close()
      const texts: [string, string][] = [['events', JSON.stringify(events)]]
      for (const entry of await readdir(bench.test.folder, { recursive: true })) {
        const path = join(bench.test.folder, entry)
        if ((await stat(path)).isFile()) texts.push([entry, await readFile(path, 'utf8')])
      }
      expect(texts.length).toBeGreaterThan(1)
      for (const [name, text] of texts) {
        for (const value of values) expect([name, ...leaksIn(text, value)]).toEqual([name])
      }
    },
  })
}
