import { runHost } from './run-host.ts'

const ended = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort())

// A reader that went away (`| head`) ends the output, not the server.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)

void main()

async function main(): Promise<void> {
  process.exitCode = await runHost({
    args: process.argv.slice(2),
    environment: process.env,
    print: (line) => void process.stdout.write(`${line}\n`),
    printError: (line) => void process.stderr.write(`${line}\n`),
    isRoot: process.getuid?.() === 0,
    // Beside this file once it is built; from the sources, where the build puts it.
    folder: new URL(import.meta.url.endsWith('.ts') ? '../../out/renderer/' : '../renderer/', import.meta.url),
    ended: ended.signal,
    ...(process.stdin.isTTY ? { onEnter } : {}),
  })
}

function onEnter(call: () => void): void {
  process.stdin.on('data', call)
  process.stdin.unref()
}
