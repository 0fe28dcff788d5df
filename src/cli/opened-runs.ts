import type { Engine } from '../contract/engine.ts'
import { terminalJson } from '../contract/escape-terminal.ts'
import type { Problem } from '../contract/problem.ts'
import { reportOf } from '../contract/report.ts'
import { applyRunEvent, emptyRun, type Run } from '../contract/run.ts'
import type { RunOrigin } from '../contract/sharing.ts'
import { print, type CliProcess } from './cli-process.ts'
import { linesOf } from './live-lines.ts'
import { createPaint, line, type Paint, type Painted } from './paint.ts'
import { problemLines, summaryLines } from './summary-lines.ts'

/** What a command opened. */
export interface Opened {
  runIds: string[]
  problems?: Problem[]
}

/** Commands that open a file as runs: the process ends with them, so the runs themselves are what is printed. */
export const openingCommands: ReadonlySet<string> = new Set(['capsule open', 'har open'])

/** Prints runs that were opened from a file, as they went and with what was found; with `json` as their reports. */
export async function printOpened(
  cli: CliProcess,
  engine: Engine,
  { opened, json }: { opened: Opened; json: boolean },
): Promise<void> {
  const { runIds, problems = [] } = opened
  const paint = createPaint(cli.stdout, cli.environment)
  const reports = []
  for (const runId of runIds) {
    let run = emptyRun(runId)
    for await (const event of engine.runEvents({ runId })) {
      run = applyRunEvent(run, event)
      if (json) continue
      if (event.type === 'run.started') print(cli.stdout, originLines(run, paint))
      print(cli.stdout, linesOf(event, run, paint))
    }
    const report = reportOf(run)
    if (json) reports.push(report)
    else print(cli.stdout, [...summaryLines(report, paint, cli.now()), line``])
  }
  if (json) cli.stdout.write(`${terminalJson({ runs: reports, problems }, 2)}\n`)
  else
    print(
      cli.stdout,
      problems.flatMap((one) => problemLines(one, paint)),
    )
}

const kinds: Record<RunOrigin['kind'], string> = { capsule: 'Capsule', har: 'HAR' }

function originLines({ origin, startedAt }: Run, paint: Paint): Painted[] {
  if (!origin) return []
  const { kind, name, madeAt, note } = origin
  const made = madeAt ? `, made ${madeAt}` : ''
  return [
    line`${paint.bold(kinds[kind])}${name ? `  ${name}` : ''}${made}, run of ${startedAt}, only to be read`,
    ...(note ? note.split('\n').map((text) => line`  ${text}`) : []),
  ]
}
