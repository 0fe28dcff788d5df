import type { Exchange, RecordedProof, Run, RunStep, TimelineEntry } from './run.ts'
import { drawEntry, marksOf, waitsOf, type ArrowFacts } from './sequence-arrows.ts'
import type { Lane, Sequence, SequenceEntry, SequenceExchange, SequenceMark, SequenceStep } from './sequence-entry.ts'
import { spokenOf } from './sequence-text.ts'

interface Drawing extends ArrowFacts {
  childSteps: Map<string | null, RunStep[]>
  timeline: Map<string | null, TimelineEntry[]>
  /** proofs made in another step than their exchange, or on no single exchange, by their step */
  stepProofs: Map<string | null, RecordedProof[]>
  entries: SequenceEntry[]
}

/**
 * Projects a run to its sequence diagram: step headers in the order they began, under each its requests and messages
 * in the order they went out, and after them the planned steps that were not reached.
 */
export function sequenceOf(run: Run): Sequence {
  const exchanges = new Map(run.exchanges.map((exchange) => [exchange.id, exchange]))
  const isOnExchange = ({ exchange, step }: RecordedProof) =>
    exchange !== null && exchanges.get(exchange)?.step === step
  const drawing: Drawing = {
    run,
    exchanges,
    numbers: numberExchanges(run.exchanges),
    childSteps: Map.groupBy(run.steps, (step) => step.parent),
    timeline: Map.groupBy(run.timeline, (entry) => entry.step),
    proofs: Map.groupBy(run.proofs.filter(isOnExchange), (proof) => proof.exchange),
    stepProofs: Map.groupBy(
      run.proofs.filter((proof) => !isOnExchange(proof)),
      (proof) => proof.step,
    ),
    spoken: spokenOf(run),
    entries: [],
  }
  drawStep(drawing, null, 0)
  return { lanes: lanesOf(run), entries: drawing.entries }
}

/** The number a request has in the diagram, by exchange id: own requests 1, 2, 3, the browser's b1, b2. */
export function numberExchanges(exchanges: readonly Exchange[]): Map<string, string> {
  const numbers = new Map<string, string>()
  let own = 0
  let browser = 0
  for (const { id, actor } of exchanges) numbers.set(id, actor === 'grantlab' ? `${++own}` : `b${++browser}`)
  return numbers
}

function lanesOf(run: Run): Lane[] {
  const throughBrowser =
    'agent' in run.parameters ||
    run.exchanges.some((exchange) => exchange.actor === 'browser') ||
    run.timeline.some((entry) => entry.kind === 'message')
  const resourceServer = run.exchanges.some((exchange) => exchange.party === 'resource-server')
  // An API that is called with a kept token is the only one who is asked anything.
  const authorizationServer =
    throughBrowser || !resourceServer || run.exchanges.some((exchange) => exchange.party === 'authorization-server')
  return [
    'grantlab',
    ...(throughBrowser ? (['browser'] as const) : []),
    ...(authorizationServer ? (['authorization-server'] as const) : []),
    ...(resourceServer ? (['resource-server'] as const) : []),
  ]
}

/** Draws what a step holds, its own entries and the steps within it, in the order they began; answers its own entries. */
function drawStep(drawing: Drawing, step: string | null, depth: number): SequenceExchange[] {
  const children = [...(drawing.childSteps.get(step) ?? [])]
  const plan = step === null ? drawing.run.plan.filter(({ optional }) => !optional) : []
  const begin = (child: RunStep) => {
    drawPassedPlan(drawing, plan, child.name)
    const header = headerOf(drawing.run, child, depth)
    drawing.entries.push(header)
    const marks = marksOf(drawing.stepProofs.get(child.id))
    if (!markLastAnswer(drawStep(drawing, child.id, depth + 1), marks)) header.marks.push(...marks)
  }
  const own: SequenceExchange[] = []
  for (const entry of drawing.timeline.get(step) ?? []) {
    const atMs = startOf(drawing, entry) ?? 0
    const earlier = children.findIndex((child) => child.startedMs >= atMs)
    children.splice(0, earlier < 0 ? children.length : earlier).forEach(begin)
    const drawn = drawEntry(drawing, entry)
    own.push(...drawn)
    drawing.entries.push(...drawn)
  }
  children.forEach(begin)
  drawing.entries.push(...plan.map(plannedOf), ...waitsOf(drawing.run, step))
  return own
}

/** What a step proved stands at the last answer it got; false when it got none. */
function markLastAnswer(own: SequenceExchange[], marks: SequenceMark[]): boolean {
  const answer = own.flatMap((entry) => entry.arrows.filter((arrow) => arrow.kind === 'answer')).at(-1)
  answer?.marks.push(...marks)
  return answer !== undefined
}

/** Draws the planned steps that stand before the named one and were not taken, and takes all of them off the plan. */
function drawPassedPlan(drawing: Drawing, plan: Run['plan'], name: string): void {
  const reached = plan.findIndex((planned) => planned.id === name)
  if (reached >= 0)
    drawing.entries.push(
      ...plan
        .splice(0, reached + 1)
        .slice(0, -1)
        .map(plannedOf),
    )
}

function plannedOf(planned: Run['plan'][number]): SequenceStep {
  return { kind: 'step', target: `step:${planned.id}`, title: planned.title, depth: 0, state: 'planned', marks: [] }
}

function headerOf(run: Run, step: RunStep, depth: number): SequenceStep {
  const waitedMs = run.waits.reduce((sum, wait) => (wait.step === step.id ? sum + (wait.durationMs ?? 0) : sum), 0)
  return {
    kind: 'step',
    target: `step:${step.id}`,
    title: step.title,
    depth,
    state: step.outcome,
    marks: [],
    ...(step.durationMs === undefined ? {} : { durationMs: step.durationMs }),
    ...(waitedMs ? { waitedMs } : {}),
  }
}

function startOf(drawing: Drawing, entry: TimelineEntry): number | undefined {
  if (entry.kind === 'message') return entry.startedMs
  return entry.kind === 'exchange' ? drawing.exchanges.get(entry.id)?.startedMs : undefined
}
