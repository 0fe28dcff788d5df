/**
 * Ends the process at once, also when a thread of it is stuck for ever, as by a question of the system's keychain that
 * nobody answers: `process.exit` would wait for that thread.
 */
export function leaveProcess(code: number): never {
  // Another program that only ends takes the place of this one, threads and all. Windows has no such call, and its
  // keychain no questions.
  if (process.platform !== 'win32') process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`], {})
  process.exit(code)
}
