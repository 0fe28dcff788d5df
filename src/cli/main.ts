import { version } from '../contract/version.ts'

const args = process.argv.slice(2)

if (args.length === 1 && args[0] === '--version') {
  process.stdout.write(`${version}\n`)
} else {
  void run()
}

async function run(): Promise<void> {
  const interruption = new AbortController()
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(130)
    interruption.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  const { runCli } = await import('./run-cli.ts')
  process.exitCode = await runCli({
    args,
    environment: process.env,
    // Opened only when somebody asks for it.
    get stdin() {
      return process.stdin
    },
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    interrupted: interruption.signal,
    interrupt,
    now: () => new Date(),
  })
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
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
    write(text: string) {
      if (open) stream.write(text)
    },
  }
}
