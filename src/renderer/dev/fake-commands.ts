import type { Commands, RunSummary } from '../../contract/commands.ts'
import type { KeptTokenSummary } from '../../contract/kept.ts'
import type { RunEvent } from '../../contract/events.ts'
import { problemOf } from '../../contract/problem.ts'
import type { Profile } from '../../contract/profile.ts'
import { runOf } from '../../contract/run.ts'
import { createFakeDesk } from './fake-desk.ts'
import { FakeProblemError } from './fake-problem-error.ts'
import { createFakeProfiles, fakePlayground } from './fake-profiles.ts'
import { createFakeTokens } from './fake-tokens.ts'

type Handlers = {
  [K in keyof Commands]: (parameters: Commands[K]['parameters']) => Commands[K]['result']
}

/** The commands of a fake engine, in memory; one line for each file of them. */
export function createFakeCommands(
  more: Profile[] = [],
  runs: () => [string, RunEvent[]][] = () => [],
  { broken = {}, tokens = [] }: { broken?: Record<string, string>; tokens?: KeptTokenSummary[] } = {},
) {
  const handlers: Partial<Handlers> = {
    ...createFakeProfiles(more, broken),
    ...createFakeDesk(() => runs().map(([runId, events]) => summaryOfRun(runId, events))),
    ...createFakeTokens(tokens),
    'playground start': () => ({
      issuer: String(fakePlayground.values.issuer),
      clients: [],
      users: fakePlayground.users!,
    }),
  }
  return async <K extends keyof Commands>(id: K, parameters: Commands[K]['parameters']) => {
    const handler = handlers[id]
    if (!handler) throw new FakeProblemError(problemOf('unknown-operation', `The fake engine has no ${id}.`))
    return handler(parameters)
  }
}

function summaryOfRun(runId: string, events: RunEvent[]): RunSummary {
  const { number, operation, title, profile, startedAt, outcome } = runOf(runId, events)
  return { runId, number, operation, title, profile, startedAt, outcome }
}
