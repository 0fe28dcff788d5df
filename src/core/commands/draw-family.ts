import type { FamilyGraph } from '../../contract/bench/family.ts'
import { findTokenRun, readTokenRun, type TokenRun } from '../history/find-family-runs.ts'
import { problem } from '../problems/problem-error.ts'
import { answersOf } from '../vault/family-answers.ts'
import { familyGraph } from '../vault/family-graph.ts'
import { tokenKinds, type TokenFamily } from '../vault/token-family.ts'
import { isOfWorkspace } from '../vault/token-key.ts'
import type { CommandContext } from './command.ts'

/**
 * The graph of a kept grant, from the vault and from what history still has of its runs.
 * @throws ProblemError token-missing when it is gone or another workspace's, vault-locked
 */
export async function drawFamily(context: CommandContext, familyId: string): Promise<FamilyGraph> {
  const { tokens, workspace, ports } = context
  const family = await tokens.get(familyId)
  // SECURITY: what another workspace signed in for is not shown in this one.
  const isOurs = family && (family.key.workspace === '' || isOfWorkspace(family.key, await workspace.identity()))
  if (!isOurs) {
    throw problem('token-missing', 'No grant of this name is kept for this workspace.', {
      whatToDo: ['grantlab tokens list shows what is kept.'],
    })
  }
  const runs = await runsOf(context, family)
  return familyGraph(family, {
    now: ports.clock.now(),
    fingerprint: tokens.fingerprint,
    runOf: ({ generation }) => runs.get(generation),
  })
}

/** The run that brought each answer, by its generation, as far as history has them. */
async function runsOf({ history, tokens }: CommandContext, family: TokenFamily): Promise<Map<number, TokenRun>> {
  const runs = new Map<number, TokenRun>()
  for (const { generation, tokens: brought, receivedAt } of answersOf(family)) {
    const values = tokenKinds.flatMap((kind) => brought[kind] ?? [])
    const run = brought.runId
      ? await readTokenRun(history, brought.runId)
      : await findTokenRun(history, {
          profile: family.key.profile,
          receivedAt,
          fingerprints: await Promise.all(values.map((value) => tokens.fingerprint(value))),
        })
    if (run) runs.set(generation, run)
  }
  return runs
}
