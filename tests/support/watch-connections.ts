import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import net from 'node:net'

// Loaded with --import into a process under test, its workers included: writes down every host that the process looks up
// or connects to, whichever library does it, and changes nothing else.
const file = process.env.TEST_CONNECTIONS_FILE ?? ''
const note = (line: string): void => appendFileSync(file, `${line}\n`)

interface Target {
  host?: string
  port?: number | string
  path?: string
}

function targetOf(args: unknown[]): Target {
  // Node itself hands over a list of the normalised arguments.
  const [first, second]: unknown[] = Array.isArray(args[0]) ? args[0] : args
  if (typeof first === 'object' && first !== null) return first
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first }
  return { port: first as number, ...(typeof second === 'string' ? { host: second } : {}) }
}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown
function watch(owner: object, name: string, describe: (args: unknown[]) => string | undefined): void {
  const methods = owner as Record<string, AnyFunction>
  const original = methods[name]!
  methods[name] = function (...args) {
    const line = describe(args)
    if (line !== undefined) note(line)
    return original.apply(this, args)
  }
}

watch(net.Socket.prototype, 'connect', (args) => {
  const { host = 'localhost', port, path } = targetOf(args)
  // A pipe or socket file leads nowhere but this machine.
  return path === undefined ? `connect ${host} ${port}` : undefined
})
const named = (args: unknown[]) => `lookup ${String(args[0])}`
watch(dns, 'lookup', named)
watch(dns.promises, 'lookup', named)
for (const resolver of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of ['resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveTxt', 'resolveSrv', 'reverse'])
    watch(resolver, name, named)
}
for (const name of ['send', 'connect']) watch(dgram.Socket.prototype, name, () => 'datagram')
note('watching')
