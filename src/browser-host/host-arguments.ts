import { parseArgs } from 'node:util'
import { problemOf } from '../contract/problem.ts'
import { ProblemError } from '../core/index.ts'

/** How the browser host was started. */
export interface HostSettings {
  port: number
  open: boolean
  help: boolean
  dataDir?: string | undefined
  workspace?: string | undefined
  secrets?: string[] | undefined
  environmentFile?: string | undefined
}

/** What `--help` prints. */
export const hostHelp = `Opens Grantlab in a window of an installed browser, or prints the address to open.

  --window electron|browser  of npm start: a desktop window, or an installed browser
  --no-open              print the address and open nothing
  --port N               listen on this port of 127.0.0.1; otherwise on a free one
  --workspace DIR        the folder with grantlab.yaml
  --data-dir DIR         where history and settings are kept; otherwise GRANTLAB_HOME, else the usual place
  --secret NAME=ENVVAR   the secret NAME is in this environment variable; may be repeated
  --env-file FILE        a file with NAME=value lines to find secrets in
`

const options = {
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'data-dir': { type: 'string' },
  workspace: { type: 'string' },
  secret: { type: 'string', multiple: true },
  'env-file': { type: 'string' },
} as const

/**
 * Reads the host's flags.
 * @throws ProblemError parameter-unknown or parameter-invalid
 */
export function readHostArguments(args: readonly string[]): HostSettings {
  const values = parse(args)
  return {
    port: toPort(values.port),
    open: !values['no-open'],
    help: values.help ?? false,
    dataDir: values['data-dir'],
    workspace: values.workspace,
    secrets: values.secret,
    environmentFile: values['env-file'],
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    const unknown = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL'
    const whatToDo = ['--help lists what there is.']
    throw new ProblemError(problemOf(unknown ? 'parameter-unknown' : 'parameter-invalid', message, { whatToDo }))
  }
}

function toPort(text: string | undefined): number {
  if (text === undefined) return 0
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new ProblemError(problemOf('parameter-invalid', '--port wants a number from 0 to 65535.'))
}
