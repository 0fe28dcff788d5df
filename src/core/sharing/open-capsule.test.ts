import { describe, expect, it } from 'vitest'
import type { RunEvent, RunEventBody } from '../../contract/events.ts'
import type { JsonObject } from '../../contract/json.ts'
import { findingsOf } from '../../contract/rules/index.ts'
import { jwtCases } from '../../contract/rules/testing/jwt-cases.ts'
import { metadataCases } from '../../contract/rules/testing/metadata-cases.ts'
import { runOf } from '../../contract/run.ts'
import { personalKinds, type PersonalKind } from '../../contract/sharing.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { writeCapsuleData, type CapsuleData } from './capsule-data.ts'
import { makeCapsule } from './make-capsule.ts'
import { openCapsule } from './open-capsule.ts'

const started: RunEventBody = {
  type: 'run.started',
  format: 1,
  runId: 'r1',
  number: 7,
  operation: 'discover',
  title: 'Discover',
  profile: null,
  parameters: { verify_tls: false },
  plan: [],
  grantlab: '0',
}
const finished: RunEventBody = { type: 'run.finished', outcome: 'succeeded' }

function events(...bodies: RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ ...body, seq: index + 1, at: '2026-11-20T10:00:00.000Z', elapsedMs: index }))
}

const kinds = Object.keys(personalKinds) as PersonalKind[]
const make = (recorded: RunEvent[], include = kinds) =>
  makeCapsule({
    runs: [{ events: recorded, bodies: new Map(), leftOut: [] }],
    include,
    note: '',
    key: new Uint8Array(32).fill(5),
    madeAt: '2026-11-20T11:00:00.000Z',
    version: '1',
    secrets: [],
  }).html
const open = (text: string) => openCapsule({ text, name: 'a.html', newId: () => 'new' })

/** A capsule with any data. */
const withData = (change: Record<string, unknown>) => {
  const run = { events: events(started, finished), bodies: {}, leftOut: [] }
  const data = {
    version: 1,
    grantlab: '1',
    madeAt: '2026-11-20T11:00:00Z',
    note: '',
    include: [],
    runs: [run],
    ...change,
  }
  return writeCapsuleData(data as unknown as CapsuleData)
}
const withEvents = (...list: unknown[]) => withData({ runs: [{ events: list, bodies: {} }] })

function problemOf(text: string) {
  try {
    open(text)
  } catch (error) {
    return (error as ProblemError).problem
  }
  throw new Error('it was opened')
}

it('what was written is read, as a run that was made elsewhere', () => {
  const [opened] = open(make(events(started, finished)))
  const run = runOf('new', opened!.events)
  expect(run).toMatchObject({
    id: 'new',
    number: 7,
    outcome: 'succeeded',
    origin: { kind: 'capsule', name: 'a.html', madeAt: '2026-11-20T11:00:00.000Z' },
  })
})

const asked = (url: string, status: number, tls?: string): RunEventBody[] => [
  {
    type: 'exchange.started',
    exchange: '7',
    step: null,
    actor: 'grantlab',
    party: 'resource-server',
    purpose: 'resource',
    request: { method: 'GET', url, headers: [['x-forwarded-for', '203.0.113.5']] },
  },
  {
    type: 'exchange.answered',
    exchange: '7',
    response: { httpVersion: '1.1', status, statusText: '', headers: [['retry-after', '5']], wireBytes: 0 },
    timings: { totalMs: 3_000 },
    connection: {
      reused: false,
      remoteAddress: '10.1.2.3',
      ...(tls ? { tls: { protocol: tls, cipher: 'x', authorized: false, authorizationError: 'X', chain: [] } } : {}),
    },
  },
]
const proof = (name: string, facts: JsonObject): RunEventBody => ({
  type: 'proof.recorded',
  step: null,
  exchange: '7',
  proof: { name, holds: false, facts },
})

/** What a run can tell besides metadata, with persons and addresses in it. */
const others: [string, { fires: RunEventBody[]; quiet: RunEventBody[] }][] = [
  [
    'what is noticed of a sign-in',
    {
      fires: [
        {
          type: 'message.recorded',
          step: null,
          message: {
            id: 'm',
            direction: 'to-browser',
            title: 'open',
            parameters: [
              ['response_type', 'code'],
              ['login_hint', 'alice@a.test'],
            ],
          },
        },
        proof('state.matches', { received: true }),
        proof('iss.matches', { promised: true, received: 'https://alice@evil.test', expected: 'https://as.test' }),
        proof('sub.matches', { expected: 'alice', received: 'bob', of: 'userinfo' }),
      ],
      quiet: [],
    },
  ],
  [
    'what is noticed of connections and answers',
    {
      fires: [
        ...asked('http://10.1.2.3:8080/users/alice', 503, 'TLSv1.1'),
        proof('challenge.given', { header: 'absent' }),
      ],
      quiet: asked('https://as.test/', 401),
    },
  ],
]

it.each([...Object.entries({ ...metadataCases, ...jwtCases }), ...others])(
  '%s: finds the same in a capsule',
  (_id, { fires, quiet }) => {
    for (const bodies of [fires, quiet]) {
      const begins = bodies.some(({ type }) => type === 'run.started')
      const recorded = events(...(begins ? [] : [started]), ...bodies, finished)
      const before = findingsOf(runOf('r1', recorded))
      expect(findingsOf(runOf('new', open(make(recorded))[0]!.events))).toEqual(before)
      // With everything masked the same rules fire at the same places.
      const masked = findingsOf(runOf('new', open(make(recorded, []))[0]!.events))
      const place = ({ rule, evidence }: (typeof before)[number]) => [
        rule,
        evidence.map(({ label, exchange }) => [label, exchange]),
      ]
      expect(masked.map(place)).toEqual(before.map(place))
    }
  },
)

it('a recording that was cut off has an end', () => {
  const [opened] = open(make(events(started)))
  expect(runOf('new', opened!.events)).toMatchObject({ outcome: 'cancelled', problem: { code: 'cancelled' } })
})

describe('refuses', () => {
  const [first, last] = events(started, finished)
  const stepEvent = (step: string, parent: string | null, seq = 2) => ({
    ...first,
    type: 'step.started',
    step,
    parent,
    name: 'x',
    seq,
  })
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
  it.each([
    ['a page without data', '<html></html>', undefined],
    ['a data block that is cut off', withData({}).slice(0, -20), ''],
    ['no JSON', '<script type="application/json" id="grantlab-capsule">{"version":1,</script>', ''],
    ['an array', '<script type="application/json" id="grantlab-capsule">[]</script>', ''],
    ['two blocks', withData({}) + withData({}), ''],
    ['no version', withData({ version: undefined }), '/version'],
    ['version 0', withData({ version: 0 }), '/version'],
    ['no runs', withData({ runs: [] }), '/runs'],
    ['a run that is none', withData({ runs: [5] }), '/runs/0'],
    ['no events', withEvents(), '/runs/0/events'],
    ['an event that is none', withEvents(5), '/runs/0/events/0'],
    ['an event of no kind', withEvents({ ...first, type: 'constructor' }), '/runs/0/events/0'],
    ['another beginning', withEvents({ ...last, seq: 1 }), '/runs/0/events/0'],
    ['another count', withEvents(first, { ...last, seq: 5 }), '/runs/0/events/1/seq'],
    ['something after the end', withEvents(first, last, { ...last, seq: 3 }), '/runs/0/events/1'],
    ['parameters of another shape', withEvents({ ...first, parameters: [] }), '/runs/0/events/0/parameters'],
    [
      'headers of another shape',
      withEvents(first, {
        ...last,
        type: 'exchange.started',
        exchange: '1',
        step: null,
        actor: 'grantlab',
        party: 'authorization-server',
        purpose: 'x',
        request: { method: 'GET', url: 'x', headers: [['a']] },
      }),
      '/runs/0/events/1/request/headers/0',
    ],
    [
      'a body that names a file',
      withEvents(first, {
        ...last,
        type: 'exchange.started',
        exchange: '1',
        step: null,
        actor: 'grantlab',
        party: 'authorization-server',
        purpose: 'x',
        request: {
          method: 'GET',
          url: 'x',
          headers: [],
          body: { id: '../x', kind: 'text', mediaType: '', bytes: 1, characters: 1 },
        },
      }),
      '/runs/0/events/1/request/body/id',
    ],
    ['a step within itself', withEvents(first, stepEvent('a', 'a')), '/runs/0/events/1'],
    [
      'steps within each other',
      withEvents(first, stepEvent('a', null), stepEvent('b', 'a', 3), stepEvent('a', 'b', 4)),
      '/runs/0/events/3',
    ],
    [
      'steps that nest too deep',
      withEvents(first, ...Array.from({ length: 31 }, (_, at) => stepEvent(`${at}`, at ? `${at - 1}` : null, at + 2))),
      '/runs/0/events/31',
    ],
    ['more events than anybody can look at', withEvents(...Array.from({ length: 10_001 }, () => 5)), '/runs/0/events'],
    ['what nests too deep', withEvents({ ...first, parameters: { deep: 'DEEP' } }).replace('"DEEP"', deep), ''],
  ])('%s', (_what, text, pointer) => {
    expect(problemOf(text)).toMatchObject({ code: 'capsule-invalid', place: { pointer: pointer ?? '' } })
  })

  it('one of a newer Grantlab', () => {
    expect(problemOf(withData({ version: 2 }))).toMatchObject({ code: 'file-newer', place: { pointer: '/version' } })
  })
})

it('what a stranger wrote into the rest is cut or left out', () => {
  const [opened] = open(
    withData({ note: 'x'.repeat(5_000), madeAt: '<b>', runs: [{ events: events(started), bodies: { a: 5, b: 't' } }] }),
  )
  const run = runOf('new', opened!.events)
  expect(run.origin).toEqual({ kind: 'capsule', name: 'a.html', madeAt: '', note: 'x'.repeat(2_000) })
  expect([...opened!.bodies]).toEqual([['b', 't']])
})
