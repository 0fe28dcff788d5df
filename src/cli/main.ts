import { version } from '../contract/version.ts'
import { leaveProcess } from './leave-process.ts'

/** Whatever still keeps the process so long after its work is done is stuck. */
const stuckMs = 2000

const args = process.argv.slice(2)

if (args.length === 1 && args[0] === '--version') {
  process.stdout.write(`${version}\n`)
} else {
  void run()
}

async function run(): Promise<void> {
  const interruption = new AbortController()
  const interrupt = () => {
    if (interruption.signal.aborted) leaveProcess(130)
    interruption.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  const { runCli } = await import('./run-cli.ts')
  const stdout = outputOf(process.stdout)
  const stderr = outputOf(process.stderr)
  const exitCode = await runCli({
    args,
    environment: process.env,
    // Opened only when somebody asks for it.
    get stdin() {
      return process.stdin
    },
    stdout,
    stderr,
    interrupted: interruption.signal,
    interrupt,
    now: () => new Date(),
  })
  process.exitCode = exitCode
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
  // A slow reader of a pipe, such as `less`, has all the time it wants.
  await Promise.all([stdout.written(), stderr.written()])
  // On Windows nothing gets stuck so.
  if (process.platform !== 'win32') setTimeout(() => leaveProcess(exitCode), stuckMs).unref()
}

/** A stream whose reader may go away (`| head`): what comes after is dropped quietly. */
function outputOf(stream: NodeJS.WriteStream) {
  let open = true
  stream.on('error', () => {
    open = false
  })
  return {
    // Absent, not false, on a pipe.
    isTTY: stream.isTTY ?? false,
    get columns() {
      return stream.isTTY ? stream.columns : undefined
    },
    write(text: string) {
      if (open) stream.write(text)
    },
    /** Resolves when the reader has everything, or has gone away. */
    written: () => new Promise<void>((resolve) => void (open ? stream.write('', () => resolve()) : resolve())),
  }
}
