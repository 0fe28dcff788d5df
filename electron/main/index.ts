import { join } from 'node:path'
import { app } from 'electron'
import { errorPlaceLine, problemLines } from '../../src/contract/host-lines.ts'
import { exitCodeOf, problemOf } from '../../src/contract/problem.ts'
import { problemIn } from '../../src/contract/wire.ts'
import { createNodePorts, makeFolder, takeSecretsOut } from '../../src/core/index.ts'
import { readDesktopArguments } from './desktop-arguments.ts'
import { guardContents } from './guards.ts'
import { quietBrowser } from './quiet-browser.ts'
import { runDesktop } from './run-desktop.ts'
import { declarePageScheme } from './serve-page.ts'

declarePageScheme()
quietBrowser()
app.enableSandbox()
app.on('web-contents-created', (_event, contents) => guardContents(contents))
// Electron becomes ready only when this file has come to its end: the profile's folder must be known by then.
await prepare().catch(stopWith)

/** Settles what must stand before Electron is ready, then leaves the rest to that moment. */
async function prepare(): Promise<void> {
  // SECURITY: without its sandbox a page that was broken into is this person's whole account.
  if (app.commandLine.hasSwitch('no-sandbox')) {
    writeError('Grantlab does not run with its sandbox switched off (--no-sandbox); npm start opens a browser instead.')
    return app.exit(4)
  }
  const given = readDesktopArguments(process.argv.slice(app.isPackaged ? 1 : 2))
  for (const flag of given.others)
    writeError(`${flag} is none of Grantlab's flags and was left to the window's browser.`)
  const nodePorts = await createNodePorts({
    host: 'electron',
    arguments: given,
    reopensWorkspace: true,
    environment: { ...process.env },
    startPlayground: async () => (await import('../../src/playground/index.ts')).joinOrStartPlayground,
  })
  // SECURITY: whatever Chromium starts, the person's browser too, inherits this process's environment.
  takeSecretsOut(process.env, nodePorts.ports.secretVariables)
  // What the window's browser keeps lies in the data folder as well, so one folder is one Grantlab: its lock is there.
  const profile = join(nodePorts.ports.dataFolder, 'browser-profiles', 'electron')
  await makeFolder(profile, 0o700)
  app.setPath('userData', profile)
  if (!app.requestSingleInstanceLock()) {
    writeError('Grantlab is open on this data folder already; its window came to the front.')
    return app.exit(0)
  }
  void app
    .whenReady()
    .then(() => runDesktop(nodePorts, { log: (error) => writeError(errorPlaceLine(error)) }))
    .catch(stopWith)
}

function stopWith(error: unknown): void {
  const known = problemIn(error)
  if (!known) writeError(errorPlaceLine(error))
  const problem = known ?? problemOf('internal', 'Grantlab could not start.')
  for (const line of problemLines(problem)) writeError(line)
  app.exit(exitCodeOf(problem))
}

function writeError(line: string): void {
  process.stderr.write(`${line}\n`)
}
