import type { Engine } from '../contract/engine.ts'
import { escapeTerminal } from '../contract/escape-terminal.ts'
import { splitAtMasks, type Fingerprint } from '../contract/mask.ts'
import type { Run } from '../contract/run.ts'
import type { PrintableKind } from '../contract/token-kind.ts'
import type { CliProcess } from './cli-process.ts'
import { usage } from './usage.ts'

/** What a server tells when it registers a client, and mostly never again. */
export const toldOnce: readonly PrintableKind[] = ['client_secret', 'registration_access_token']

/**
 * Writes what `--print` asks for, and nothing else, to stdout.
 * @throws ProblemError token-missing when the run brought none
 */
export async function printValue(cli: CliProcess, engine: Engine, order: { run: Run; kind: PrintableKind }) {
  const fingerprint = fingerprintOf(order.run, order.kind)
  if (!fingerprint) throw missing(order.run, order.kind)
  const { value } = await engine.reveal({ fingerprint })
  // A stranger's text too: to a program as it is, to a terminal only what is harmless.
  cli.stdout.write(`${cli.stdout.isTTY ? escapeTerminal(value) : value}\n`)
}

/** Whether a run that has a problem holds what a server tells only once: it is printed all the same. */
export function isToldOnce(run: Run, kind: PrintableKind): boolean {
  return toldOnce.includes(kind) && fingerprintOf(run, kind) !== undefined
}

function fingerprintOf({ tokens, registered }: Run, kind: PrintableKind): Fingerprint | undefined {
  if (!toldOnce.includes(kind)) return tokens.findLast((one) => one.kind === kind)?.fingerprint
  const texts = registered.map((facts) => facts.registered[kind]).filter((value) => typeof value === 'string')
  const [piece] = splitAtMasks(texts.at(-1) ?? '')
  return piece && 'fingerprint' in piece ? piece.fingerprint : undefined
}

const advice: Partial<Record<PrintableKind, string>> = {
  id_token: 'An ID token comes with the scope openid.',
  refresh_token: 'Many servers give a refresh token for the scope offline_access only.',
  client_secret: 'A public client has no secret; of a confidential one most servers tell it only once.',
  registration_access_token: 'A server that lets nobody manage a registration gives none (RFC 7592).',
}

function missing({ tokens }: Run, kind: PrintableKind) {
  const received = tokens.map((one) => one.kind).join(', ') || 'no token'
  const said = toldOnce.includes(kind) ? `The server gave no ${kind}.` : `The run brought no ${kind}, but ${received}.`
  const more = advice[kind]
  return usage('token-missing', said, ...(more ? [more] : []))
}
