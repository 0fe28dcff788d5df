import { onTestFinished } from 'vitest'
import type { ReceivedRedirect } from '../../user-agents/user-agent.ts'
import type { ConnectionBounds } from '../loopback-server.ts'
import { createRedirectHub, type RedirectHub, type RedirectListener } from '../redirect-hub.ts'
import type { StateDifference } from '../site.ts'

/** A hub that is closed when the test ends. */
export function startHub(options: Partial<ConnectionBounds> = {}): RedirectHub {
  const hub = createRedirectHub(options)
  onTestFinished(() => hub.close())
  return hub
}

/** A run that waits, with what it was told. */
export interface TestWait extends RedirectListener {
  port: number
  ignored: { redirect: ReceivedRedirect; differs: StateDifference[] }[]
  cancel(reason?: unknown): void
}

/** What a test sets of an expectation. */
export interface TestWaitOptions {
  redirectUri?: string
  state?: string | null
  runId?: string
}

/** Listens as a run does; by default at a free port of 127.0.0.1 with the state `right`. */
export async function listenAs(hub: RedirectHub, options: TestWaitOptions = {}): Promise<TestWait> {
  const { redirectUri = 'http://127.0.0.1:0/callback', state = 'right', runId = 'run-1' } = options
  const controller = new AbortController()
  const ignored: TestWait['ignored'] = []
  const listener = await hub.listen({
    runId,
    redirectUri,
    state,
    signal: controller.signal,
    onIgnored: (redirect, differs) => ignored.push({ redirect, differs }),
  })
  const port = Number(new URL(listener.redirectUri).port)
  return { ...listener, port, ignored, cancel: (reason) => controller.abort(reason) }
}

/** Tells whether a promise has settled by now, without waiting for it. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending')
  const settled = promise.catch(() => undefined)
  return (await Promise.race([settled, new Promise((resolve) => setImmediate(resolve, pending))])) === pending
}
