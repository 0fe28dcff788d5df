import type { Exchange, RecordedProof, Run, TimelineEntry } from './run.ts'
import type { SequenceArrow, SequenceExchange, SequenceMark } from './sequence-entry.ts'
import { answerTextOf, messageTextOf, pathOf, type Spoken } from './sequence-text.ts'

/** What the arrows of a run are drawn from, gathered once. */
export interface ArrowFacts {
  run: Run
  exchanges: Map<string, Exchange>
  numbers: Map<string, string>
  /** proofs by the exchange they were made on */
  proofs: Map<string | null, RecordedProof[]>
  spoken: Spoken
}

/** Draws an entry of a run's timeline; decisions have no arrow. */
export function drawEntry(facts: ArrowFacts, entry: TimelineEntry): SequenceExchange[] {
  switch (entry.kind) {
    case 'exchange':
      return drawExchange(facts, entry.id)
    case 'message':
      return [drawMessage(facts, entry)]
    case 'ignored':
      return [drawIgnored(facts, entry)]
    default:
      return []
  }
}

function drawExchange(facts: ArrowFacts, id: string): SequenceExchange[] {
  const exchange = facts.exchanges.get(id)
  if (!exchange) return []
  const { actor, party, request, response, state } = exchange
  const pending = state === 'held' || state === 'running'
  return [
    {
      kind: 'exchange',
      target: `exchange:${id}`,
      number: facts.numbers.get(id)!,
      blamed: facts.spoken.blamed.has(id),
      arrows: [
        {
          from: actor,
          to: party,
          text: `${request.method} ${pathOf(request.url)}`,
          kind: state === 'held' ? 'pending' : 'question',
          marks: [],
        },
        {
          from: party,
          to: actor,
          text: answerTextOf(facts.spoken, exchange),
          kind: pending ? 'pending' : response ? 'answer' : 'missing',
          marks: marksOf(facts.proofs.get(id)),
        },
      ],
    },
  ]
}

function drawMessage(
  facts: ArrowFacts,
  { message, step }: Extract<TimelineEntry, { kind: 'message' }>,
): SequenceExchange {
  const toBrowser = message.direction === 'to-browser'
  const arrow: SequenceArrow = {
    from: toBrowser ? 'grantlab' : 'browser',
    to: toBrowser ? 'browser' : 'grantlab',
    text: messageTextOf(message),
    kind: toBrowser ? 'question' : 'answer',
    marks: [],
  }
  // What the browser sends is recorded only where Grantlab itself drives it.
  const seen = facts.run.exchanges.some((exchange) => exchange.actor === 'browser' && exchange.step === step)
  const unseen: SequenceArrow = {
    from: 'browser',
    to: 'authorization-server',
    text: 'not seen',
    kind: 'unseen',
    marks: [],
  }
  return {
    kind: 'message',
    target: `message:${message.id}`,
    blamed: false,
    arrows: toBrowser && message.via !== 'form' && !seen ? [arrow, unseen] : [arrow],
  }
}

function drawIgnored(facts: ArrowFacts, entry: Extract<TimelineEntry, { kind: 'ignored' }>): SequenceExchange {
  const differs = entry.differs.map((difference) => difference.name).join(', ')
  return {
    kind: 'ignored',
    target: `ignored:${facts.run.timeline.indexOf(entry)}`,
    blamed: false,
    arrows: [
      {
        from: 'browser',
        to: 'grantlab',
        text: differs ? `ignored: ${differs}` : 'ignored',
        kind: 'ignored',
        marks: [],
      },
    ],
  }
}

/** What a step waits for right now. */
export function waitsOf(run: Run, step: string | null): SequenceExchange[] {
  if (run.outcome !== 'running') return []
  return run.waits
    .filter((wait) => wait.step === step && wait.outcome === undefined)
    .map((wait) => ({
      kind: 'wait',
      target: `wait:${wait.id}`,
      blamed: false,
      arrows: [{ from: 'browser', to: 'grantlab', text: 'waiting', kind: 'pending', marks: [] }],
    }))
}

const markName = /^(.*)\.(?:matches|verified)$/
/** What Grantlab proves of its own request; worth a word only when it does not hold. */
const expected = new Set(['pkce.matches'])

/** The checks to show beside an arrow: what matches or is verified, or does not; what could not be told is left out. */
export function marksOf(proofs: RecordedProof[] = []): SequenceMark[] {
  return proofs.flatMap(({ name, holds }) => {
    const label = markName.exec(name)?.[1]
    if (label === undefined || holds === null || (holds && expected.has(name))) return []
    return [{ label: label.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), holds }]
  })
}
