import type { ConsentRecord } from '../contract/client-record.ts'
import type { Engine } from '../contract/engine.ts'
import type { VaultFacts } from '../contract/kept.ts'
import { terminalJson } from '../contract/escape-terminal.ts'
import { exitCodeOf, problemClassOf, type Problem } from '../contract/problem.ts'
import { reportOf, type RunReport } from '../contract/report.ts'
import { applyRunEvent, emptyRun, isDiscovery, type Run } from '../contract/run.ts'
import { createAnswerer, type Answerer } from './answer-waits.ts'
import { print, type CliProcess } from './cli-process.ts'
import { discoveryLines } from './discovery-lines.ts'
import { tokenKinds, type GlobalFlags } from './global-flags.ts'
import { openEngine } from './hosted.ts'
import { secretsNotKept } from './kept-nothing.ts'
import { explainLack } from './lacking-token.ts'
import { createLiveOutput } from './live-output.ts'
import { consentLines, registeredLines, targetCounts } from './managed-lines.ts'
import { listLines } from './managed-tables.ts'
import { createPaint, line, type Paint, type Painted } from './paint.ts'
import { requirePrintable } from './printable.ts'
import { isToldOnce, printValue } from './printed-value.ts'
import type { Invocation } from './read-arguments.ts'
import { withTexts } from './read-texts.ts'
import type { Subject } from './subjects.ts'
import { problemLines, summaryLines } from './summary-lines.ts'
import { tableLines } from './table-lines.ts'

type Order = Extract<Invocation, { kind: 'run' }>

/** Runs an operation, shows it as it happens and answers the exit code. */
export async function runOperation(cli: CliProcess, order: Order): Promise<number> {
  requirePrintable(order.subject.description, order.global.print)
  const { engine, close } = await openEngine(cli, order.global)
  try {
    const ended = await follow(cli, engine, order)
    const run = await withAdvice(engine, ended, order)
    const { print: kind, json, rules } = order.global
    const report = reportOf(run)
    const vault = await keeperOf(engine, run)
    show(cli, report, { ...order, vault })
    if (report.problem && json) cli.stderr.write(`${terminalJson(report.problem)}\n`)
    if (kind && (!run.problem || isToldOnce(run, kind))) await printValue(cli, engine, { run, kind })
    else tellUnkept(cli, vault, { run, json })
    return exitCodeOf(run.problem) || (rules && errorsIn(report) > 0 ? brokenRulesCode : 0)
  } finally {
    await close()
  }
}

/** What keeps the secrets of a registration; not asked for a run that has none. */
async function keeperOf(engine: Engine, { registered }: Run): Promise<VaultFacts | undefined> {
  return registered.length > 0 ? engine.runCommand('vault show', {}) : undefined
}

/** Tells on stderr when what a server told only once ends with this call. */
function tellUnkept(cli: CliProcess, vault: VaultFacts | undefined, { run, json }: { run: Run; json: boolean }): void {
  if (run.problem || !vault) return
  const told = secretsNotKept(run, vault)
  if (!told) return
  if (json) cli.stderr.write(`${terminalJson(told)}\n`)
  else print(cli.stderr, problemLines(told, createPaint(cli.stderr, cli.environment)))
}

/** A run that lacked a token says what helps where tokens do not outlive a call. */
async function withAdvice(engine: Engine, run: Run, { subject, global: { profile } }: Order): Promise<Run> {
  return run.problem ? { ...run, problem: await explainLack(engine, run.problem, { subject, profile }) } : run
}

/** With `--json`: the report of a run that never began. */
export function printUnstarted(cli: CliProcess, subject: Subject, problem: Problem): void {
  const { id: operation, description } = subject
  const run: Run = { ...emptyRun(''), operation, title: description.title, outcome: 'failed', problem }
  cli.stdout.write(`${terminalJson(reportOf(run), 2)}\n`)
}

/** Starts the run and follows it to its end; lines go out as events come in. */
async function follow(cli: CliProcess, engine: Engine, order: Order): Promise<Run> {
  const { subject, global } = order
  const parameters = await withTexts(cli, subject.parameters, order.parameters)
  const { runId } = await engine.startRun({
    operation: subject.id,
    parameters,
    ...(global.profile === undefined ? {} : { profile: global.profile }),
    ...(global.confirm === undefined ? {} : { confirm: global.confirm }),
    ...(global.allowSecrets ? { allowSecrets: true } : {}),
  })
  const cancel = () => void engine.cancelRun({ runId }).catch(() => undefined)
  cli.interrupted.addEventListener('abort', cancel, { once: true })
  if (cli.interrupted.aborted) cancel()
  const answerer = createAnswerer({ cli, engine, runId })
  try {
    return withGivingUp(await fold(cli, { engine, runId, global, answerer }), answerer)
  } finally {
    answerer.stop()
    cli.interrupted.removeEventListener('abort', cancel)
  }
}

interface Following {
  engine: Engine
  runId: string
  global: GlobalFlags
  answerer: Answerer
}

async function fold(cli: CliProcess, { engine, runId, global, answerer }: Following): Promise<Run> {
  const output = global.print ? cli.stderr : cli.stdout
  const live = global.json ? undefined : createLiveOutput(output, cli.environment)
  let run = emptyRun(runId)
  for await (const event of engine.runEvents({ runId })) {
    run = applyRunEvent(run, event)
    live?.show(event, run)
    if (event.type === 'wait.started') answerer.start(event.wait)
    if (event.type === 'wait.finished') answerer.stop()
  }
  live?.end()
  return run
}

/** A run that was given up because nobody is there to answer was not cancelled by anybody: it says what it lacks. */
function withGivingUp(run: Run, { gaveUp }: Answerer): Run {
  if (!gaveUp || run.outcome !== 'cancelled') return run
  const outcome = problemClassOf(gaveUp.code) === 'person' ? 'needs-person' : 'failed'
  return { ...run, outcome, problem: gaveUp }
}

/** The exit code of a run that went well and broke a rule: that of an answer that does not pass. */
const brokenRulesCode = 1

function errorsIn({ findings }: RunReport): number {
  return findings.filter(({ severity }) => severity === 'error').length
}

interface Showing extends Order {
  /** absent for a run that registered nothing */
  vault: VaultFacts | undefined
}

function show(
  cli: CliProcess,
  report: RunReport,
  { subject, global: { json, print: kind, rules }, vault }: Showing,
): void {
  if (json) return cli.stdout.write(`${terminalJson(report, 2)}\n`)
  const output = kind ? cli.stderr : cli.stdout
  const paint = createPaint(output, cli.environment)
  const drawing = { paint, width: output.columns, now: cli.now() }
  const errors = errorsIn(report)
  return print(output, [
    ...resultLines(report, subject, paint),
    ...listLines(report, drawing),
    ...registeredLines(report, { ...drawing, endsWithCall: vault?.state === 'absent' }),
    ...targetCounts(report),
    ...(isDiscovery(report) ? discoveryLines(report, paint) : []),
    ...summaryLines(report, paint, drawing.now),
    ...(rules && errors > 0
      ? [paint.bad(`${errors} ${errors === 1 ? 'finding is an error' : 'findings are errors'}`)]
      : []),
  ])
}

/** Of a server and of a token that was judged the summary says more than the result, which --json has. */
function isToldByTheSummary({ operation, verdicts }: RunReport): boolean {
  return operation === 'discover' || verdicts.length > 0
}

/** What was asked for, where nothing else says it better. */
function resultLines(report: RunReport, { description }: Subject, paint: Paint): Painted[] {
  const { result, operation, list, registered, targets } = report
  if (result === undefined || result === null) return []
  // What a grant brings is its tokens, and of a server the summary says more than the document, which --json has.
  const isGrant = tokenKinds.some((kind) => description.brings?.includes(kind))
  if (isGrant || isToldByTheSummary(report) || list || targets.length > 0) return []
  if (registered.some(({ how }) => how === 'sent')) return []
  if (operation === 'consent get') return [line``, ...consentLines(result as unknown as ConsentRecord, paint)]
  return [line``, ...tableLines(result, paint)]
}
