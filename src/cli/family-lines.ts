import type { FamilyEdge, FamilyGraph, FamilyNode, TokenLife } from '../contract/bench/family.ts'
import { maskOf, shortenMasks } from '../contract/mask.ts'
import { pointOf } from './human-time.ts'
import { line, type Paint, type Painted } from './paint.ts'

const lifePaints: Record<TokenLife, keyof Paint> = {
  alive: 'good',
  expired: 'dim',
  revoked: 'bad',
  replaced: 'dim',
  refused: 'bad',
  unknown: 'warn',
}

interface Drawing {
  paint: Paint
  now: Date
}

/** A grant from its code to its newest refresh, for people: one block for each answer, with what changed on the way. */
export function familyLines(graph: FamilyGraph, drawing: Drawing): Painted[] {
  const { family, profile, issuer, client_id, user, isDead, nodes } = graph
  const generations = [...new Set(nodes.map(({ generation }) => generation))].toSorted((a, b) => a - b)
  const { paint } = drawing
  return [
    line`${paint.bold('Grant')} ${family}${profile === null ? '' : ` of profile ${profile}`}`,
    line`  ${client_id} at ${issuer}${user ? `, for ${user}` : ''}`,
    ...generations.flatMap((generation) => generationLines(graph, generation, drawing)),
    ...(isDead
      ? [
          line``,
          paint.bad('The server ended this grant: none of its tokens can be refreshed.'),
          line`  → Sign in again.`,
        ]
      : []),
  ]
}

function generationLines(graph: FamilyGraph, generation: number, drawing: Drawing): Painted[] {
  const { paint } = drawing
  const nodes = graph.nodes.filter((node) => node.generation === generation)
  const ids = new Set(nodes.map(({ id }) => id))
  // What came along in the same answer is no way to it.
  const edges = graph.edges.filter(({ from, to }) => ids.has(to) && !ids.has(from))
  const by = edges[0]?.by
  const runId = nodes.find((node) => node.runId !== undefined)?.runId
  const heading = generation === 0 ? 'Code' : `Answer ${generation}`
  const kinds = Math.max(...nodes.map(({ kind }) => kind.length))
  const lives = Math.max(...nodes.map(({ life }) => life.length))
  return [
    line``,
    line`${paint.bold(heading)}${by ? `, by ${by}` : ''}${paint.dim(runId === undefined ? '' : `  run ${runId}`)}`,
    ...changeLines(edges, paint),
    ...nodes.flatMap((node) => nodeLines(node, { kinds, lives, ...drawing })),
    ...tryLines(graph, nodes),
  ]
}

function nodeLines(
  node: FamilyNode,
  { kinds, lives, paint, now }: Drawing & { kinds: number; lives: number },
): Painted[] {
  const { kind, life, because, fingerprint, scope, audience, expiresAt } = node
  const mask = fingerprint === undefined ? '' : `${shortenMasks(maskOf(fingerprint))}  `
  const facts = [
    expiresAt && `ends ${pointOf(new Date(expiresAt), now)}`,
    scope && `scope ${scope}`,
    audience && `audience ${audience.join(', ')}`,
  ].filter(Boolean)
  return [
    line`  ${kind.padEnd(kinds)}  ${paint.accent(mask)}${paint[lifePaints[life]](life.padEnd(lives))}  ${shortenMasks(because)}`,
    ...(facts.length > 0 ? [line`    ${paint.dim(facts.join('; '))}`] : []),
  ]
}

/** What changed on the way, each once: every token of an answer has an edge of its own. */
function changeLines(edges: readonly FamilyEdge[], paint: Paint): Painted[] {
  const texts = edges.flatMap(({ scopeLost, scopeGained, audienceChange }) => [
    ...(scopeLost.length > 0 ? [`scope lost: ${scopeLost.join(' ')}`] : []),
    ...(scopeGained.length > 0 ? [`scope gained: ${scopeGained.join(' ')}`] : []),
    ...(audienceChange ? [`audience: ${listed(audienceChange.from)} → ${listed(audienceChange.to)}`] : []),
  ])
  return [...new Set(texts)].map((text) => line`  ${paint.warn(text)}`)
}

const listed = (values: readonly string[]) => values.join(', ') || 'none'

/** How to see whether the server refuses what it replaced. */
function tryLines({ family, profile }: FamilyGraph, nodes: readonly FamilyNode[]): Painted[] {
  const old = nodes.find(({ canBeTried }) => canBeTried)
  if (!old) return []
  const whose = profile === null ? '' : ` --profile ${profile}`
  return [line`    try the old one: grantlab refresh${whose} --family ${family} --generation ${old.generation}`]
}
