import { Agent, request, type IncomingMessage } from 'node:http'
import { proofPath, type ProofAnswer } from './proof.ts'
import { isPort } from './running-file.ts'

const withinMs = 1000
const limitBytes = 4096

/**
 * Asks whatever listens at a port of 127.0.0.1 for its proof; nothing when it has no answer within a second. No redirect
 * is followed and no proxy is used. The answer is a stranger's until it is proven.
 */
export async function askForProof(port: number, nonce: string): Promise<ProofAnswer | undefined> {
  const signal = AbortSignal.timeout(withinMs)
  try {
    const response = await get({ port, path: `${proofPath}?nonce=${nonce}` }, signal)
    const answer = response.statusCode === 200 ? readAnswer(await readText(response)) : undefined
    response.destroy()
    return answer
  } catch {
    return undefined
  }
}

function get(to: { port: number; path: string }, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  // An agent of its own: the global one may go through a proxy that the environment names.
  request({ host: '127.0.0.1', ...to, signal, agent: new Agent() }, resolve)
    .once('error', reject)
    .end()
  return promise
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += (chunk as Buffer).length
    if (size > limitBytes) throw new Error('The answer is too long for a proof.')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readAnswer(text: string): ProofAnswer | undefined {
  const { ports, proof } = JSON.parse(text) as { ports?: Record<string, unknown>; proof?: unknown }
  const { port, telnyxPort } = ports ?? {}
  if (!isPort(port) || !isPort(telnyxPort) || typeof proof !== 'string') return undefined
  return { ports: { port, telnyxPort }, proof }
}
