import { afterEach } from 'vitest'
import { startHttpServer, type TestServer } from '../../../../tests/support/http-server.ts'
import { testTransport } from './recording-observer.ts'

/** Servers and transports for the tests of a file; each is closed after the test that made it. */
export function useServers() {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return {
    closing,
    async serve(listener: Parameters<typeof startHttpServer>[0]): Promise<TestServer> {
      const server = await startHttpServer(listener)
      closing.push(server.close)
      return server
    },
    transport() {
      const made = testTransport()
      closing.push(() => made.close())
      return made
    },
  }
}
