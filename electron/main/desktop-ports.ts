import { dialog, shell, type BrowserWindow } from 'electron'
import { problemOf } from '../../src/contract/problem.ts'
import { ProblemError, type EnginePorts } from '../../src/core/index.ts'
import { isWebAddress } from './page-address.ts'

/** What the engine reaches through the desktop: the person's browser and a dialog to choose a folder with. */
export function desktopPorts(window: () => BrowserWindow | undefined) {
  return {
    host: { name: 'electron', openBrowser: true },
    openAddress,
    chooseFolder: () => chooseFolder(window()),
  } satisfies Partial<EnginePorts>
}

async function openAddress(address: string): Promise<void> {
  if (!isWebAddress(address)) throw notOpened('Only http and https addresses are opened in a browser.')
  // SECURITY: the system's words are not passed on: they may quote the address.
  await shell.openExternal(address).catch((error: unknown) => {
    throw notOpened('The system opened no browser.', error)
  })
}

function notOpened(detail: string, cause?: unknown): ProblemError {
  const whatToDo = ['Open the address yourself, in any browser.']
  return new ProblemError(problemOf('browser-not-opened', detail, { whatToDo }), cause)
}

async function chooseFolder(window: BrowserWindow | undefined): Promise<string | undefined> {
  const options = { properties: ['openDirectory' as const, 'createDirectory' as const] }
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  return filePaths[0]
}
