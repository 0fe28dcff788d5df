import type { Problem } from './problem.ts'

/** What a person set for all profiles, in the data folder; the same for window and command line. */
export interface Settings {
  /** `system` follows the desktop */
  theme: 'system' | 'light' | 'dark'
  /** an http or https proxy for every profile that names none; empty: the environment's */
  proxy: string
  /** path of a file of PEM certificates that every profile trusts besides the system's; empty: none */
  ca_file: string
  /** runs that are not pinned leave History beyond this many */
  history_runs: number
  /** and after so many days; 0: never */
  history_days: number
}

/** What stands in a file that was never written. */
export const usualSettings: Settings = {
  theme: 'system',
  proxy: '',
  ca_file: '',
  history_runs: 1000,
  history_days: 90,
}

/** The settings in use, and what is wrong with their file: until it is mended the usual values count for what cannot be read. */
export interface SettingsFacts extends Settings {
  problem?: Problem
}

/** A folder that was opened as workspace before. */
export interface RecentWorkspace {
  folder: string
  /** ISO time */
  openedAt: string
}

/** The workspace in use and where everything else lies. */
export interface WorkspaceFacts {
  folder: string
  dataFolder: string
  /** the one in the data folder, which nobody chose */
  isOwn: boolean
  recent: RecentWorkspace[]
  /** grantlab.yaml is broken or of a newer Grantlab: profiles can be read, nothing is written */
  problem?: Problem
}

/** What `reset` takes away, or would. */
export interface ResetPart {
  /** `vault`, `history`, `browser-profiles`, `snapshots`, `settings`, `log`, `playground`, `fingerprints`, `workspace` */
  part: string
  detail: string
  /** a workspace holds a person's own files and stays */
  outcome: 'removed' | 'would-be-removed' | 'nothing-there' | 'stays' | 'failed'
}
