import type { Settings } from '../../contract/settings.ts'
import type { Log } from '../log/log.ts'
import type { Clock } from '../ports.ts'
import type { History } from './history.ts'

/** Looking through a whole history costs time: every so many runs is enough. */
const everyRuns = 20

/** Lets old runs leave history as the settings say. */
export interface RetentionKeeper {
  /** Told of each run that ended; looks through the history now and then. Rejects never. */
  ended(number: number): Promise<void>
  /** Looks through the history now. Rejects never: what cannot be deleted stays, and the log says so. */
  now(): Promise<void>
}

/** What a keeper works with. */
export interface RetentionParts {
  history: Pick<History, 'prune'>
  settings: { read(): Promise<Settings> }
  clock: Pick<Clock, 'now'>
  log: Pick<Log, 'fault'>
}

/** Creates the keeper of a data folder's history. */
export function createRetention({ history, settings, clock, log }: RetentionParts): RetentionKeeper {
  const now = async () => {
    try {
      const { history_runs: runs, history_days: days } = await settings.read()
      await history.prune({ runs, days }, clock.now())
    } catch (error) {
      log.fault('history', error)
    }
  }
  return { now, ended: async (number) => (number % everyRuns === 0 ? now() : undefined) }
}
