import type { FamilyEdge, FamilyGraph, FamilyNode } from '../../../contract/bench/family.ts'

/** An answer of a server with the tokens it brought, and what they came from. */
export interface FamilyRow {
  generation: number
  nodes: readonly FamilyNode[]
  /** how it came from the row above; absent where nothing is known above */
  by?: FamilyEdge['by']
  /** the run that brought it, while history has it */
  runId?: string
  /** columns of the row above that it came from */
  sources: number[]
  /** columns with an arrow into them; `isBeside`: it came along with another token */
  targets: { column: number; isBeside: boolean }[]
  changes: FamilyChange[]
}

/** Something that is not as it was in the answer before. */
export interface FamilyChange {
  what: 'scope gone' | 'scope new' | 'audience'
  text: string
}

/** From left to right; refresh tokens, which all else comes from, stand in the middle. */
const order = ['access_token', 'refresh_token', 'id_token'] as const

/** A column of the graph: a kind of token. */
export type FamilyColumn = (typeof order)[number]

/** The kinds of token that a family has, each a column. */
export function columnsOf({ nodes }: FamilyGraph): FamilyColumn[] {
  return order.filter((kind) => nodes.some((node) => node.kind === kind))
}

/** Where a token stands; the code stands above what it was followed by. */
export function columnOf(columns: readonly FamilyColumn[], { kind }: FamilyNode): number {
  const wanted = kind === 'code' ? 'refresh_token' : kind
  return Math.max(0, columns.indexOf(wanted))
}

/** The answers of a family, oldest first, to be drawn below one another. */
export function familyRows(graph: FamilyGraph): FamilyRow[] {
  const generations = [...new Set(graph.nodes.map(({ generation }) => generation))].toSorted((a, b) => a - b)
  return generations.map((generation) => rowOf(graph, generation))
}

function rowOf(graph: FamilyGraph, generation: number): FamilyRow {
  const columns = columnsOf(graph)
  const place = (node: FamilyNode) => columnOf(columns, node)
  const find = (wanted: string) => graph.nodes.filter(({ id }) => id === wanted)
  const nodes = graph.nodes.filter((node) => node.generation === generation)
  const own = new Set(nodes.map(({ id }) => id))
  const edges = graph.edges.filter(({ to }) => own.has(to))
  const leading = edges.filter(({ from }) => !own.has(from))
  const [first] = leading
  const runId = nodes.find((node) => node.runId !== undefined)?.runId
  return {
    generation,
    nodes: nodes.toSorted((one, other) => place(one) - place(other)),
    ...(first ? { by: first.by } : {}),
    ...(runId === undefined ? {} : { runId }),
    sources: [...new Set(leading.flatMap(({ from }) => find(from)).map(place))],
    // Without anything above there is nothing an arrow could come from.
    targets: (first ? edges : []).flatMap(({ from, to }) =>
      find(to).map((node) => ({ column: place(node), isBeside: own.has(from) })),
    ),
    changes: edges.flatMap(changesOf),
  }
}

function changesOf({ scopeLost, scopeGained, audienceChange }: FamilyEdge): FamilyChange[] {
  const changes: FamilyChange[] = [
    { what: 'scope gone', text: scopeLost.join(' ') },
    { what: 'scope new', text: scopeGained.join(' ') },
    { what: 'audience', text: audienceChange ? `${listed(audienceChange.from)} → ${listed(audienceChange.to)}` : '' },
  ]
  return changes.filter(({ text }) => text !== '')
}

const listed = (values: readonly string[]) => values.join(', ') || 'none'
