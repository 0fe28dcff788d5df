import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describePlayground, type PlaygroundPorts } from '../describe-playground.ts'
import type { Playground } from '../playground-info.ts'
import { parseSecrets } from '../state/parse-secrets.ts'
import { stateFileName, type PlaygroundSecrets } from '../state/playground-state.ts'
import { askForProof } from './ask-for-proof.ts'
import { isProven } from './proof.ts'
import { findRunning } from './running-file.ts'

/**
 * The playground of this data folder that another process runs, or nothing when none does. Whoever listens at the port
 * that was noted must prove that it has the same state; it gets no secret for that. `stop()` only leaves. Never rejects.
 */
export async function joinPlayground({ dataFolder }: { dataFolder: string }): Promise<Playground | undefined> {
  const port = await findRunning(dataFolder)
  const state = port === undefined ? undefined : await readSecrets(dataFolder)
  const ports = port && state && (await provenPorts(state, port))
  if (!ports) return undefined
  const { promise: ended, resolve } = Promise.withResolvers<undefined>()
  return {
    info: describePlayground(state, ports),
    stop: async () => resolve(undefined),
    ended,
    answers: async () => (await provenPorts(state, port)) !== undefined,
  }
}

async function provenPorts(state: PlaygroundSecrets, port: number): Promise<PlaygroundPorts | undefined> {
  const nonce = randomBytes(32).toString('hex')
  const answer = await askForProof(port, nonce)
  // SECURITY: who took the port can pass the nonce on to the playground, which proves its own port and not this one.
  const isHere = answer?.ports.port === port && isProven(state, nonce, answer)
  return isHere ? answer.ports : undefined
}

/** A file that is missing or damaged is no playground to join; whoever starts one says what is wrong with it. */
async function readSecrets(dataFolder: string): Promise<PlaygroundSecrets | undefined> {
  const file = join(dataFolder, stateFileName)
  try {
    return parseSecrets(await readFile(file, 'utf8'), file)
  } catch {
    return undefined
  }
}
