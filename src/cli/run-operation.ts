import { escapeTerminal, terminalJson } from '../contract/escape-terminal.ts'
import type { Engine } from '../contract/engine.ts'
import type { TokenKind } from '../contract/token-kind.ts'
import { exitCodeOf, problemClassOf, type Problem } from '../contract/problem.ts'
import { reportOf, type RunReport } from '../contract/report.ts'
import { applyRunEvent, emptyRun, isDiscovery, type Run } from '../contract/run.ts'
import { createAnswerer, type Answerer } from './answer-waits.ts'
import { print, type CliProcess } from './cli-process.ts'
import { discoveryLines } from './discovery-lines.ts'
import type { GlobalFlags } from './global-flags.ts'
import { openEngine } from './hosted.ts'
import { explainLack } from './lacking-token.ts'
import { linesOf } from './live-lines.ts'
import { createPaint, line } from './paint.ts'
import { requirePrintable } from './printable.ts'
import type { Invocation } from './read-arguments.ts'
import { withTexts } from './read-texts.ts'
import type { Subject } from './subjects.ts'
import { summaryLines } from './summary-lines.ts'
import { tableLines } from './table-lines.ts'
import { usage } from './usage.ts'

type Order = Extract<Invocation, { kind: 'run' }>

/** Runs an operation, shows it as it happens and answers the exit code. */
export async function runOperation(cli: CliProcess, order: Order): Promise<number> {
  requirePrintable(order.subject.description, order.global.print)
  const { engine, close } = await openEngine(cli, order.global)
  try {
    const ended = await follow(cli, engine, order)
    const run = await withAdvice(engine, ended, order)
    const { print: kind, json } = order.global
    show(cli, run, order)
    if (run.problem && json) cli.stderr.write(`${terminalJson(reportOf(run).problem)}\n`)
    if (!run.problem && kind) await printToken(cli, engine, { run, kind })
    return exitCodeOf(run.problem) || (order.global.rules && errorsIn(reportOf(run)) > 0 ? brokenRulesCode : 0)
  } finally {
    await close()
  }
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
  const paint = createPaint(output, cli.environment)
  let run = emptyRun(runId)
  for await (const event of engine.runEvents({ runId })) {
    run = applyRunEvent(run, event)
    if (!global.json) print(output, linesOf(event, run, paint))
    if (event.type === 'wait.started') answerer.start(event.wait)
    if (event.type === 'wait.finished') answerer.stop()
  }
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

/** Of a server and of a token that was judged the summary says more than the result, which --json has. */
function isToldByTheSummary({ operation, verdicts }: RunReport): boolean {
  return operation === 'discover' || verdicts.length > 0
}

function show(cli: CliProcess, run: Run, { subject, global: { json, print: kind, rules } }: Order): void {
  const report = reportOf(run)
  if (json) return cli.stdout.write(`${terminalJson(report, 2)}\n`)
  const output = kind ? cli.stderr : cli.stdout
  const paint = createPaint(output, cli.environment)
  // What a grant brings is its tokens, which the summary shows; of all others the result is what was asked for.
  const hasResult = report.result !== undefined && !subject.description.brings
  const isListed = hasResult && !isToldByTheSummary(report)
  const errors = errorsIn(report)
  return print(output, [
    ...(isListed ? [line``, ...tableLines(report.result, paint)] : []),
    ...(isDiscovery(run) ? discoveryLines(report, paint) : []),
    ...summaryLines(report, paint, cli.now()),
    ...(rules && errors > 0
      ? [paint.bad(`${errors} ${errors === 1 ? 'finding is an error' : 'findings are errors'}`)]
      : []),
  ])
}

async function printToken(
  cli: CliProcess,
  engine: Engine,
  { run, kind }: { run: Run; kind: TokenKind },
): Promise<void> {
  const token = run.tokens.findLast((one) => one.kind === kind)
  if (!token) {
    const wanted: Partial<Record<TokenKind, string>> = {
      id_token: 'An ID token comes with the scope openid.',
      refresh_token: 'Many servers give a refresh token for the scope offline_access only.',
    }
    const received = run.tokens.map((one) => one.kind).join(', ') || 'no token'
    const advice = wanted[kind]
    throw usage('token-missing', `The run brought no ${kind}, but ${received}.`, ...(advice ? [advice] : []))
  }
  const { value } = await engine.reveal({ fingerprint: token.fingerprint })
  // A token is a stranger's text too: to a program as it is, to a terminal only what is harmless.
  cli.stdout.write(`${cli.stdout.isTTY ? escapeTerminal(value) : value}\n`)
}
