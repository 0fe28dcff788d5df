import type { FrontChannelMessage } from './events.ts'
import type { TokenKind } from './token-kind.ts'
import type { NameValue } from './json.ts'
import type { Exchange, ReceivedToken, Run } from './run.ts'

/** Path of an absolute or relative address, with `?…` in place of its query. */
export function pathOf(address: string): string {
  const [, path, query] = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(\?)?/i.exec(address) ?? []
  return `${path || '/'}${query ? '?…' : ''}`
}

/** What a message through the browser says, in a few words: the address opened, the code or the error that came. */
export function messageTextOf(message: FrontChannelMessage): string {
  if (message.direction === 'to-browser') return message.url ? `open ${pathOf(message.url)}` : message.title
  const error = valueOf(message.parameters, 'error')
  if (error) return error
  const fingerprint = /#([0-9a-f]{4})/.exec(valueOf(message.parameters, 'code') ?? '')?.[1]
  return fingerprint ? `code #${fingerprint}` : message.title
}

const tokenWords: Record<TokenKind, string> = { access_token: 'access', id_token: 'id', refresh_token: 'refresh' }

/** What a run's events tell of its answers, by exchange id. */
export interface Spoken {
  /** exchanges that a problem of the run or of a step points at */
  blamed: Set<string>
  errors: Map<string, string>
  metadata: Set<string>
  tokens: Map<string, ReceivedToken[]>
}

/** Gathers once what the texts of a run's answers are made of. */
export function spokenOf(run: Run): Spoken {
  const problems = [run.problem, ...run.steps.map((step) => step.problem)].filter((problem) => problem !== undefined)
  return {
    blamed: new Set(problems.flatMap((problem) => problem.exchange ?? [])),
    errors: new Map(
      problems.flatMap(({ exchange, oauth }) => (exchange && oauth ? [[exchange, oauth.error] as const] : [])),
    ),
    metadata: new Set(run.metadata.map((metadata) => metadata.exchange)),
    tokens: Map.groupBy(run.tokens, (token) => token.exchange),
  }
}

/** What came back, in a few words: `200 metadata`, `200 access, id token`, `401 invalid_client`, `held`. */
export function answerTextOf(spoken: Spoken, exchange: Exchange): string {
  const { response } = exchange
  if (exchange.state === 'held') return 'held'
  if (exchange.state === 'running') return '…'
  if (!response) return exchange.problem?.code.replaceAll('-', ' ') ?? 'failed'
  const words = wordsOf(spoken, exchange)
  return words ? `${response.status} ${words}` : `${response.status}`
}

function wordsOf(spoken: Spoken, exchange: Exchange): string {
  const { id, purpose, response } = exchange
  if (spoken.metadata.has(id)) return 'metadata'
  const words = spoken.errors.get(id) ?? tokensOf(spoken, id) ?? targetOf(exchange)
  if (words !== undefined) return words
  return purpose === 'jwks' && response?.status === 200 ? 'keys' : (response?.statusText ?? '')
}

function tokensOf(spoken: Spoken, id: string): string | undefined {
  const tokens = (spoken.tokens.get(id) ?? []).filter((token) => !token.kept)
  return tokens.length > 0 ? `${tokens.map((token) => tokenWords[token.kind]).join(', ')} token` : undefined
}

function targetOf({ response }: Exchange): string | undefined {
  const isRedirect = response && response.status >= 300 && response.status < 400
  const location = isRedirect ? valueOf(response.headers, 'location') : undefined
  return location === undefined ? undefined : `to ${pathOf(location)}`
}

function valueOf(pairs: NameValue[], name: string): string | undefined {
  return pairs.find(([found]) => found.toLowerCase() === name)?.[1]
}
