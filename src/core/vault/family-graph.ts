import { decodeJwt } from 'jose/jwt/decode'
import type { FamilyEdge, FamilyGraph, FamilyNode } from '../../contract/bench/family.ts'
import type { Fingerprint } from '../../contract/mask.ts'
import type { TokenKind } from '../../contract/token-kind.ts'
import { type EarlierGeneration, replacedRefreshToken } from './earlier-generations.ts'
import { answersOf, scopeOf, standingOf } from './family-answers.ts'
import { tokenKinds } from './kept-tokens.ts'
import type { TokenFamily } from './token-family.ts'
import { scopeWords } from './token-key.ts'
import { endTextOf } from './token-life.ts'

/** What history says of a run that brought tokens of a family. */
export interface FamilyRun {
  runId: string
  /** the code it got, where it got one */
  code?: { fingerprint?: Fingerprint; receivedAt: string }
}

/** What a graph is drawn from besides the family itself. */
export interface GraphSources {
  /** milliseconds since 1970 */
  now: number
  fingerprint(value: string): Promise<Fingerprint>
  /** the run that brought an answer, while history has it */
  runOf(answer: EarlierGeneration): FamilyRun | undefined
}

/** A grant's tokens from the code to the newest refresh; values stand as fingerprints. */
export async function familyGraph(family: TokenFamily, sources: GraphSources): Promise<FamilyGraph> {
  const { profile, issuer, client_id, user } = family.key
  const answers = answersOf(family)
  const code = codeNode(family, answers[0]!, sources)
  const tokens: FamilyNode[] = []
  const edges: FamilyEdge[] = []
  for (const answer of answers) {
    const brought = await nodesOf(family, answer, sources)
    edges.push(...edgesTo(brought, { family, code, before: tokens }))
    tokens.push(...brought)
  }
  const nodes = code ? [code, ...tokens] : tokens
  return { family: family.id, profile, issuer, client_id, user, isDead: family.dead ?? false, nodes, edges }
}

/** The code is known of the first answer only, as long as that is remembered. */
function codeNode(family: TokenFamily, first: EarlierGeneration, { runOf }: GraphSources): FamilyNode | undefined {
  if (family.grant !== 'authorization-code' || first.generation !== 1) return undefined
  const run = runOf(first)
  return {
    id: 'code',
    kind: 'code',
    generation: 0,
    life: 'replaced',
    because: 'It was exchanged for the first answer, and a code can be used once (RFC 6749 §4.1.2).',
    scope: family.key.scope,
    ...run?.code,
    ...(run ? { runId: run.runId } : {}),
    canBeTried: false,
  }
}

async function nodesOf(
  family: TokenFamily,
  answer: EarlierGeneration,
  { now, fingerprint, runOf }: GraphSources,
): Promise<FamilyNode[]> {
  const { generation, tokens, receivedAt } = answer
  const runId = runOf(answer)?.runId
  const nodes: FamilyNode[] = []
  for (const kind of tokenKinds) {
    const value = tokens[kind]
    if (!value) continue
    const token = { family, answer, kind }
    const [scope, audience, expiresAt] = [scopeOf(token), audienceOf(value), endTextOf(answer, kind)]
    nodes.push({
      id: `${generation}-${kind}`,
      kind,
      generation,
      fingerprint: await fingerprint(value),
      ...standingOf(token, now),
      ...(scope === undefined ? {} : { scope }),
      ...(audience ? { audience } : {}),
      receivedAt,
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(runId === undefined ? {} : { runId }),
      canBeTried: kind === 'refresh_token' && replacedRefreshToken(family, generation) !== undefined,
    })
  }
  return nodes
}

const mostAudiences = 50
const longestAudience = 500

/** The `aud` of a JWT as a list; undefined when it has none that can be read. @see RFC 7519 §4.1.3 */
function audienceOf(value: string): string[] | undefined {
  try {
    const { aud } = decodeJwt<{ aud?: unknown }>(value)
    const all: unknown[] = Array.isArray(aud) ? aud : [aud]
    const texts = all.filter((one) => typeof one === 'string').map((one) => one.slice(0, longestAudience))
    return texts.length > 0 ? texts.slice(0, mostAudiences) : undefined
  } catch {
    return undefined
  }
}

interface Drawn {
  family: TokenFamily
  code: FamilyNode | undefined
  /** the tokens of the answers before, oldest first */
  before: readonly FamilyNode[]
}

/** What the tokens of an answer came from. */
function edgesTo(brought: readonly FamilyNode[], { family, code, before }: Drawn): FamilyEdge[] {
  const last = (kind: TokenKind) => before.findLast((node) => node.kind === kind)
  const sent = last('refresh_token')
  const isOfClient = family.grant === 'client-credentials'
  const origin = before.length === 0 ? code : isOfClient ? last('access_token') : (sent ?? last('access_token'))
  const by = before.length === 0 ? 'code exchange' : isOfClient ? 'client credentials' : 'refresh'
  const first = brought[0]
  return brought.flatMap((node) => {
    const isBeside = node.kind === 'id_token' && node !== first
    if (origin && !isBeside) {
      const was = node.kind === 'access_token' ? (last('access_token') ?? code) : undefined
      return [edge(origin, node, { by, was })]
    }
    return first && node !== first ? [edge(first, node, { by: 'came along' })] : []
  })
}

/** `was`: what the token is compared with. */
function edge(
  from: FamilyNode,
  to: FamilyNode,
  { by, was }: { by: FamilyEdge['by']; was?: FamilyNode | undefined },
): FamilyEdge {
  const run = to.runId === undefined ? {} : { runId: to.runId }
  return { from: from.id, to: to.id, by, ...run, ...(was ? changesOf(was, to) : { scopeLost: [], scopeGained: [] }) }
}

function changesOf(was: FamilyNode, is: FamilyNode): Pick<FamilyEdge, 'scopeLost' | 'scopeGained' | 'audienceChange'> {
  const [had, has] = [scopeWords(was.scope ?? ''), scopeWords(is.scope ?? '')]
  const [from = [], to = []] = [was.audience, is.audience]
  const isOther = from.length > 0 && to.length > 0 && asSet(from) !== asSet(to)
  return {
    scopeLost: had.filter((word) => !has.includes(word)),
    scopeGained: has.filter((word) => !had.includes(word)),
    ...(isOther ? { audienceChange: { from, to } } : {}),
  }
}

const asSet = (values: readonly string[]) => JSON.stringify([...new Set(values)].sort())
