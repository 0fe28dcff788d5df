import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { errorCodeOf } from '../files/system-error.ts'

/** A process as a file name tells of it: `<machine>-<process id>-<start>`. */
export interface ProcessMark {
  machine: string
  pid: number
  /** clock ticks since the machine started, where the system tells; else 0 */
  start: number
}

const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 12)
let own: ProcessMark | undefined

/** The mark of this process. */
export function ownMark(): ProcessMark {
  own ??= { machine, pid: process.pid, start: startOf(process.pid) }
  return own
}

/**
 * Tells whether the process of a mark that was last touched at `touchedMs` still runs. Where the system tells when a
 * process started, that settles it; elsewhere another program may have got the id, and a mark nobody has touched for
 * `staleMs` counts as left behind.
 */
export function isAlive(mark: ProcessMark, touchedMs: number, staleMs: number): boolean {
  const age = Date.now() - touchedMs
  if (mark.machine !== machine) return age < staleMs
  if (!isRunning(mark.pid)) return false
  if (mark.start > 0) return startOf(mark.pid) === mark.start
  // After the machine started anew, the same id belongs to some other program.
  return age < uptime() * 1000 && age < staleMs
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It runs, and belongs to somebody else.
    return errorCodeOf(error) === 'EPERM'
  }
}

/** Field 22 of /proc/PID/stat; 0 where there is no such file, and for a process that ended and is not buried yet. */
function startOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name, in brackets, may hold anything, spaces and brackets too.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 0 : Number(fields[19]) || 0
  } catch {
    return 0
  }
}
