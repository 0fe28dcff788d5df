/**
 * What decides where the window opens.
 *
 * @typedef {object} Facts
 * @property {'electron' | 'browser' | undefined} wanted what `--window` said
 * @property {readonly string[]} args the other arguments
 * @property {boolean} isRoot
 * @property {boolean} hasDisplay
 * @property {boolean} hasBinary whether Electron's binary is there
 * @property {string | undefined} pastFailure why getting it failed before
 */

/**
 * Where the window opens: in a browser, and why when a person may have expected otherwise, or in Electron, whose binary
 * may have to be got first.
 *
 * @typedef {{ window: 'browser', why?: string } | { window: 'electron', get: boolean }} Choice
 */

/** Arguments that only the browser host knows. */
const BROWSER_ONLY = ['--no-open', '--port', '--help', '-h']

/**
 * Chooses from facts alone. Electron is preferred where its sandbox can be had.
 *
 * @param {Facts} facts
 * @returns {Choice}
 */
export function chooseWindow({ wanted, args, isRoot, hasDisplay, hasBinary, pastFailure }) {
  if (wanted === 'browser') return { window: 'browser' }
  if (!wanted && args.some((arg) => BROWSER_ONLY.includes(arg.split('=', 1)[0] ?? ''))) return { window: 'browser' }
  // SECURITY: Electron runs as root only with its sandbox switched off; it is never switched off.
  if (isRoot) return { window: 'browser', why: 'as root, Electron would run only without its sandbox' }
  if (!hasDisplay) return { window: 'browser', why: 'there is no display for a window of its own' }
  if (!hasBinary && pastFailure && !wanted) return { window: 'browser', why: notGot(pastFailure) }
  return { window: 'electron', get: !hasBinary }
}

/**
 * @param {string} reason
 * @returns {string} why the window opens in a browser when Electron's binary could not be got
 */
export const notGot = (reason) => `Electron could not be got (${reason}); npm start -- --window electron tries again`

/**
 * Takes `--window` out of the arguments.
 *
 * @param {readonly string[]} args
 * @returns {{ wanted: 'electron' | 'browser' | 'unknown' | undefined, args: string[] }} `unknown` when it names no window
 */
export function readWindowFlag(args) {
  const rest = [...args]
  const at = rest.findIndex((arg) => arg === '--window' || arg.startsWith('--window='))
  if (at < 0) return { wanted: undefined, args: rest }
  const [flag = ''] = rest.splice(at, 1)
  const wanted = flag.includes('=') ? flag.slice('--window='.length) : rest.splice(at, 1)[0]
  return { wanted: wanted === 'electron' || wanted === 'browser' ? wanted : 'unknown', args: rest }
}
