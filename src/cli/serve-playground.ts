import { once } from 'node:events'
import { terminalJson } from '../contract/escape-terminal.ts'
import { playgroundProblem } from '../core/index.ts'
import type { Playground, PlaygroundInfo } from '../playground/index.ts'
import { print, type CliProcess } from './cli-process.ts'
import { openPorts } from './hosted.ts'
import { createPaint, line, type Paint, type Painted } from './paint.ts'
import type { Invocation } from './read-arguments.ts'

type Order = Extract<Invocation, { kind: 'run' }>

/** Runs the playground until Ctrl+C or until it ends by itself, and answers the exit code. */
export async function servePlayground(cli: CliProcess, { global, parameters }: Order): Promise<number> {
  const { ports } = await openPorts(cli, global)
  const { startPlayground } = await import('../playground/index.ts')
  const playground = await startPlayground({
    dataFolder: ports.dataFolder,
    ...numbers({
      port: parameters.port,
      accessTokenSeconds: parameters.access_token_seconds,
      codeSeconds: parameters.code_seconds,
    }),
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

function announce(cli: CliProcess, info: PlaygroundInfo, { json, secrets }: Showing): void {
  const shown = shownOf(info, secrets)
  if (json) return cli.stdout.write(`${terminalJson(shown)}\n`)
  return print(cli.stdout, playgroundLines(shown, createPaint(cli.stdout, cli.environment)))
}

/** SECURITY: secrets and passwords leave only when asked for by name, the playground's too. */
function shownOf({ issuer, port, clients, users, apis }: PlaygroundInfo, secrets: boolean) {
  return {
    issuer,
    port,
    clients: clients.map(({ client_secret, ...rest }) => ({
      ...rest,
      ...(secrets && client_secret ? { client_secret } : {}),
    })),
    users: users.map(({ password, ...rest }) => ({ ...rest, ...(secrets ? { password } : {}) })),
    apis,
  }
}

function playgroundLines({ issuer, clients, users, apis }: ReturnType<typeof shownOf>, paint: Paint): Painted[] {
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
    line``,
    line`--profile playground uses all this by itself. From elsewhere, with --print-secrets for the secrets:`,
    ...(secret
      ? [
          line`  PLAYGROUND_SECRET=… grantlab client-credentials --issuer ${issuer} --client-id ${secret.client_id} --client-secret-env PLAYGROUND_SECRET`,
        ]
      : []),
  ]
}
