import type { TokenKind } from '../../contract/token-kind.ts'
import { type KeptTokens, tokenKinds } from './kept-tokens.ts'

/** What the server said of a token before its time was over: it revoked it, refused it, or took an old one once more. */
export interface ServerWord {
  word: 'revoked' | 'refused' | 'accepted'
  /** ISO time */
  at: string
}

/** What the server said of single tokens of one answer. */
export type ServerWords = Readonly<Partial<Record<TokenKind, ServerWord>>>

/** An answer that a newer one took the place of. */
export interface EarlierGeneration {
  readonly generation: number
  /** what this answer brought itself: what it left out stayed in use from the one before */
  readonly tokens: KeptTokens
  /** what it was asked for */
  readonly scope: string
  /** ISO time */
  readonly receivedAt: string
  readonly said?: ServerWords
}

/** A grant's newest answer, and those before it. */
export interface Generations {
  /** 1 for the first answer, one more for each refresh */
  readonly generation: number
  /** what the newest answer was asked for: a refresh can narrow it */
  readonly scope: string
  readonly tokens: KeptTokens
  /** ISO time of the newest answer */
  readonly receivedAt: string
  /** what the server said of single tokens of the newest answer */
  readonly said?: ServerWords
  /** answers before the newest, newest first and bounded; absent in records from before they were remembered */
  readonly earlier?: readonly EarlierGeneration[]
}

/** So many earlier answers of a family are remembered, and so many characters of their tokens; the oldest leave first. */
export const earlierBounds = { generations: 20, characters: 100_000 }

/** The family's earlier answers once its newest one is an earlier one, too; newest first. */
export function earlierAfter(family: Generations): EarlierGeneration[] {
  const { generation, tokens, scope, receivedAt, said, earlier = [] } = family
  const own = Object.fromEntries(
    Object.entries(tokens).filter(([name, value]) => !isCarriedOver(earlier, name as TokenKind, value)),
  )
  return bounded([{ generation, tokens: own, scope, receivedAt, ...(said ? { said } : {}) }, ...earlier])
}

/** A token that an answer left out is that of the one before: it stands where it came from. */
function isCarriedOver(earlier: readonly EarlierGeneration[], kind: TokenKind, value: string | undefined): boolean {
  return tokenKinds.includes(kind) && earlier.some(({ tokens }) => tokens[kind] === value)
}

function bounded(newestFirst: EarlierGeneration[]): EarlierGeneration[] {
  let characters = 0
  const end = newestFirst.findIndex(({ tokens }, index) => {
    characters += charactersOf(tokens)
    return index >= earlierBounds.generations || characters > earlierBounds.characters
  })
  return end < 0 ? newestFirst : newestFirst.slice(0, end)
}

/** Characters of tokens in memory. */
export function charactersOf(tokens: KeptTokens): number {
  return tokenKinds.reduce((sum, kind) => sum + (tokens[kind]?.length ?? 0), 0)
}

/** Characters that a family's earlier answers hold. */
export function earlierSizeOf({ earlier = [] }: Generations): number {
  return earlier.reduce((sum, { tokens }) => sum + charactersOf(tokens), 0)
}

/** The tokens of earlier answers with their clear values. */
export function earlierValuesOf({ earlier = [] }: Generations): { kind: TokenKind; value: string }[] {
  return earlier.flatMap(({ tokens }) =>
    tokenKinds.flatMap((kind) => (tokens[kind] ? [{ kind, value: tokens[kind] }] : [])),
  )
}

/** The refresh token of an earlier answer that another one took the place of; undefined when it is not kept, or still in use. */
export function replacedRefreshToken(family: Generations, generation: number): EarlierGeneration | undefined {
  const found = family.earlier?.find((one) => one.generation === generation)
  const token = found?.tokens.refresh_token
  return token && token !== family.tokens.refresh_token ? found : undefined
}

/** ISO time at which a newer refresh token came than the one of an earlier answer. */
export function replacedAt({ earlier = [], receivedAt }: Generations, generation: number): string {
  const newer = earlier.findLast((one) => one.generation > generation && one.tokens.refresh_token)
  return newer?.receivedAt ?? receivedAt
}

/** The family with what the server said of a token of an earlier answer. Undefined when none has the value. */
export function withWordOnEarlier<Family extends Generations>(
  family: Family,
  value: string,
  word: ServerWord,
): Family | undefined {
  const isMeant = ({ tokens }: EarlierGeneration) => tokenKinds.some((kind) => tokens[kind] === value)
  if (!family.earlier?.some(isMeant)) return undefined
  const earlier = family.earlier.map((one) => {
    const kind = tokenKinds.find((name) => one.tokens[name] === value)
    return kind ? { ...one, said: { ...one.said, [kind]: word } } : one
  })
  return { ...family, earlier }
}
