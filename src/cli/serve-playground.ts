import { once } from 'node:events'
import { terminalJson } from '../contract/escape-terminal.ts'
import { problemOf } from '../contract/problem.ts'
import { playgroundProblem, ProblemError } from '../core/index.ts'
import type { Playground, PlaygroundInfo } from '../playground/index.ts'
import { print, type CliProcess } from './cli-process.ts'
import { openPorts } from './hosted.ts'
import { createPaint, line, type Paint, type Painted } from './paint.ts'
import type { Invocation } from './read-arguments.ts'

type Order = Extract<Invocation, { kind: 'run' }>

/** Runs the playground until Ctrl+C or until it ends by itself, and answers the exit code. */
export async function servePlayground(cli: CliProcess, { global, parameters }: Order): Promise<number> {
  const { ports } = await openPorts(cli, global)
  const { joinPlayground, startPlayground } = await import('../playground/index.ts')
  const other = parameters.port === undefined ? await joinPlayground(ports) : undefined
  if (other) throw runsAlready(other.info)
  const playground = await startPlayground({
    dataFolder: ports.dataFolder,
    ...numbers({
      port: parameters.port,
      accessTokenSeconds: parameters.access_token_seconds,
      codeSeconds: parameters.code_seconds,
      clientSecretSeconds: parameters.client_secret_seconds,
    }),
    ...(typeof parameters.initial_access_token === 'string'
      ? { initialAccessToken: parameters.initial_access_token }
      : {}),
    signal: cli.interrupted,
  }).catch((error: unknown) => {
    if (cli.interrupted.aborted) return undefined
    throw playgroundProblem(error)
  })
  if (!playground) return 0
  announce(cli, playground.info, { json: global.json, secrets: parameters.print_secrets === true })
  await untilEnd(cli, playground)
  return 0
}

/** Most who start a second one want the first; who does not has two ways to say so. */
function runsAlready({ issuer }: PlaygroundInfo): ProblemError {
  const detail = `The playground of this data folder runs already, at ${issuer}.`
  const whatToDo = [
    'Use that one: --profile playground does by itself.',
    'Or start another beside it: --port 0 for one of the same data folder, --data-dir DIR for one of its own.',
  ]
  return new ProblemError(problemOf('playground-failed', detail, { whatToDo }))
}

function numbers(values: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined))
}

async function untilEnd(cli: CliProcess, playground: Playground): Promise<void> {
  // The playground keeps no process alive; this command exists to serve it.
  const awake = setInterval(() => undefined, 2 ** 30)
  try {
    const interrupted = cli.interrupted.aborted ? undefined : once(cli.interrupted, 'abort').then(() => undefined)
    const error = await Promise.race([playground.ended, interrupted])
    if (error) throw playgroundProblem(error)
    await playground.stop()
  } finally {
    clearInterval(awake)
  }
}

interface Showing {
  json: boolean
  secrets: boolean
}

function announce(cli: CliProcess, info: PlaygroundInfo, showing: Showing): void {
  const shown = shownOf(info, showing)
  if (showing.json) return cli.stdout.write(`${terminalJson(shown)}\n`)
  return print(cli.stdout, playgroundLines(shown, createPaint(cli.stdout, cli.environment)))
}

/**
 * SECURITY: secrets and passwords leave only when asked for by name, the playground's too. One does with --json as well,
 * because a program needs it and it opens nothing but the emulator on this machine: its API key.
 */
function shownOf({ issuer, port, clients, users, apis, telnyx }: PlaygroundInfo, { json, secrets }: Showing) {
  const { api_key, machine_client_secret, ...emulator } = telnyx
  return {
    issuer,
    port,
    clients: clients.map(({ client_secret, ...rest }) => ({
      ...rest,
      ...(secrets && client_secret ? { client_secret } : {}),
    })),
    users: users.map(({ password, ...rest }) => ({ ...rest, ...(secrets ? { password } : {}) })),
    apis,
    telnyx: { ...emulator, ...(json || secrets ? { api_key } : {}), ...(secrets ? { machine_client_secret } : {}) },
  }
}

function playgroundLines(shown: ReturnType<typeof shownOf>, paint: Paint): Painted[] {
  const { issuer, clients, users, apis, telnyx } = shown
  const secret = clients.find((client) => client.token_endpoint_auth_method !== 'none')
  return [
    line`${paint.bold('Playground')}  ${issuer}  Ctrl+C ends it.`,
    line``,
    ...clients.map(
      ({ client_id, title, token_endpoint_auth_method, client_secret }) =>
        line`client  ${paint.accent(client_id)}  ${title}, ${token_endpoint_auth_method}${client_secret ? `, secret ${client_secret}` : ''}`,
    ),
    ...users.map(
      ({ username, name, email, password }) =>
        line`user    ${paint.accent(username)}  ${name}, ${email}${password ? `, password ${password}` : ''}`,
    ),
    ...apis.map(({ resource, url, scope }) => line`api     ${paint.accent(url)}  resource ${resource}, scope ${scope}`),
    line`telnyx  ${paint.accent(telnyx.base_url)}  emulator of the Telnyx API${telnyx.api_key ? `, key ${telnyx.api_key}` : ''}`,
    line``,
    line`--profile playground and --profile telnyx-emulator use all this. From elsewhere, with --print-secrets for the secrets:`,
    ...(secret
      ? [
          line`  PLAYGROUND_SECRET=… grantlab client-credentials --issuer ${issuer} --client-id ${secret.client_id} --client-secret-env PLAYGROUND_SECRET`,
        ]
      : []),
  ]
}
