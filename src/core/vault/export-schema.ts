import { z } from 'zod'
import type { StoredSecret } from '../ports.ts'
import { isSecretName } from './secret-name.ts'
import type { TokenFamily } from './token-family.ts'

/** What an exported vault holds, in clear. */
export interface VaultContents {
  secrets: StoredSecret[]
  families: TokenFamily[]
}

const longestSecret = 65_536
const text = z.string()
const count = z.number().int().min(1)

const secret = z.object({
  name: text.refine(isSecretName),
  value: text.min(1).max(longestSecret),
  savedAt: text,
  origins: z.array(text),
  connection: text,
  settled: z.boolean().optional(),
})

const tokens = z.object({
  access_token: text.optional(),
  id_token: text.optional(),
  refresh_token: text.optional(),
  token_type: text.optional(),
  scope: text.optional(),
  expiresAt: text.optional(),
  issuedAt: text.optional(),
  connection: text.optional(),
  runId: text.optional(),
})

const word = z.object({ word: z.enum(['revoked', 'refused', 'accepted']), at: text }).optional()

const answer = z.object({
  generation: count,
  tokens,
  scope: text,
  receivedAt: z.iso.datetime(),
  said: z.object({ access_token: word, id_token: word, refresh_token: word }).optional(),
})

const key = z.object({
  workspace: text.optional(),
  profile: text.nullable(),
  issuer: text,
  client_id: text,
  redirect_uri: text,
  scope: text,
  resource: z.array(text),
  user: text,
  keyBinding: text,
})

const family = answer.extend({
  // SECURITY: the id becomes the name of a file.
  id: text.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  key,
  grant: text,
  dead: z.boolean().optional(),
  earlier: z.array(answer).max(1000).optional(),
})

const contents = z.object({ secrets: z.array(secret), families: z.array(family) })

/** What a text says that an exported vault holds; undefined when it is none. */
export function contentsIn(json: string): VaultContents | undefined {
  try {
    const { data } = contents.safeParse(JSON.parse(json))
    return data as VaultContents | undefined
  } catch {
    return undefined
  }
}
