import { KeychainError } from './keychain-error.ts'

/**
 * One call at a time. A call that hangs, for a question nobody answers, is given up after its patience but cannot be
 * ended: the next one waits for it, within its own patience, so that no two questions are ever open.
 */
export function createBoundedTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return async <T>(patienceMs: number, work: () => Promise<T>): Promise<T> => {
    const { promise: late, reject } = Promise.withResolvers<never>()
    let isGivenUp = false
    const timer = setTimeout(() => {
      isGivenUp = true
      reject(new KeychainError('locked', `it did not answer within ${Math.round(patienceMs / 1000)} s`))
    }, patienceMs)
    const turn = last.then(() => (isGivenUp ? late : work()))
    last = turn.catch(() => undefined)
    return Promise.race([turn, late]).finally(() => clearTimeout(timer))
  }
}
