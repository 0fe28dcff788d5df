const CHECK_EVERY_MS = 500

/**
 * Calls back once when the process that started this one is gone. npm passes a signal to the shell it runs a script in,
 * and that shell ends without passing it on; without this, a server would go on behind a stopped `npm start`.
 *
 * @param {() => void} then
 * @returns {() => void} stops watching
 */
export function whenOrphaned(then) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    then()
  }, CHECK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
