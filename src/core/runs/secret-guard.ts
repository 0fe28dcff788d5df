import type { JsonObject } from '../../contract/json.ts'
import type { ClearRequest } from '../http/exchange.ts'
import { createValueFinder, shortestCarried, type ValueFinder } from '../http/masking/carried-values.ts'
import type { SecretBinding, Vault } from '../ports.ts'
import { notBoundAtStart, notBoundNow, notOverThisConnection, refusalOf } from './secret-not-bound.ts'
import { endpointOriginsOf, originOf } from './secret-places.ts'

/** A secret of the vault that a run uses. */
export interface BoundSecret {
  /** the parameter it is given for, such as `client_secret` */
  parameter: string
  name: string
  value: string
  binding: SecretBinding
  /** where the run would send it */
  place: string | undefined
}

/** Where a value that is no secret of the vault belongs; what is left out may be any. */
export interface ValueHome {
  origins?: readonly string[] | undefined
  /** digest of the connection it came over */
  connection?: string | undefined
}

/** Keeps secrets where they belong while a run goes on. */
export interface SecretGuard {
  /** digest of the profile's connection; undefined without a profile */
  readonly connection: string | undefined
  /** The endpoints of the issuer's metadata belong to it at the first use. */
  meet(metadata: JsonObject, issuer: string): void
  /**
   * A value that goes home only, such as a refresh token to where it came from.
   * @throws ProblemError secret-not-bound when the connection is another than its own
   */
  keepTo(value: string, home: ValueHome, what: string): void
  /** @throws ProblemError secret-not-bound when the request carries a value to where it does not belong */
  admit(request: ClearRequest, actor: 'grantlab' | 'browser'): Promise<void>
  /** The run went well: where a test user's password was asked for is where it belongs. */
  settle(): Promise<void>
}

/** What a guard is made of. */
export interface GuardOptions {
  vault: Pick<Vault, 'bind'>
  secrets: readonly BoundSecret[]
  /** digest of the profile's connection; undefined without a profile: then no file can have changed it */
  connection: string | undefined
  /** a person saw where the secrets go and allows it */
  allowed: boolean
}

/** What no request's text shows: it is used while a connection is made. */
const ofHandshake = new Set(['client_key', 'client_key_passphrase', 'proxy_password'])

/** A value that is watched. */
interface Watched {
  secret: BoundSecret | undefined
  what: string
  value: string
  /** shared by all that are the same secret */
  origins: Set<string>
  /** origins can be added: at the first use, or when a person allows it */
  isOpen: boolean
  /** what the vault knows is what stands here */
  isWritten: boolean
}

/**
 * Checks that every secret of the vault belongs to where this run would send it, before anything is sent.
 * @throws ProblemError secret-not-bound naming all that do not
 */
export async function createSecretGuard(options: GuardOptions): Promise<SecretGuard> {
  const { secrets, connection, allowed } = options
  const refused = secrets.filter((secret) => refusalOf(secret, connection) !== undefined)
  // SECURITY: a profile is a file that anybody may have changed; its secrets follow no change that nobody has seen.
  if (refused.length > 0 && !allowed) throw notBoundAtStart(refused.map((one) => refusalOf(one, connection)!))
  const guard = new Guard(options)
  for (const secret of refused) await guard.rebind(secret)
  return guard
}

class Guard implements SecretGuard {
  readonly #options: GuardOptions
  readonly #watched: Watched[]
  /** origins at which a test user's password was asked for */
  readonly #asked = new Set<string>()
  #finder: ValueFinder | undefined

  constructor(options: GuardOptions) {
    this.#options = options
    const origins = new Map(options.secrets.map(({ name, binding }) => [name, new Set(binding.origins)]))
    this.#watched = options.secrets.map((secret) => {
      const { name, value, binding, place } = secret
      const isOpen = options.allowed || binding.settled !== true
      const own = origins.get(name)!
      if (place !== undefined) own.add(place)
      return { secret, what: `The secret ${name}`, value, origins: own, isOpen, isWritten: binding.settled === true }
    })
  }

  rebind(secret: BoundSecret): Promise<void> {
    const watched = this.#watched.find((one) => one.secret === secret)!
    return this.#write(watched, false)
  }

  meet(metadata: JsonObject, issuer: string): void {
    const server = originOf(issuer) ?? ''
    for (const watched of this.#watched) {
      if (!watched.isOpen || !watched.origins.has(server)) continue
      const known = watched.origins.size
      for (const origin of endpointOriginsOf(metadata)) watched.origins.add(origin)
      if (watched.origins.size > known) watched.isWritten = false
    }
  }

  get connection(): string | undefined {
    return this.#options.connection
  }

  keepTo(value: string, { origins, connection }: ValueHome, what: string): void {
    const { allowed, connection: now } = this.#options
    if (!allowed && connection !== undefined && now !== undefined && connection !== now) {
      throw notOverThisConnection(what)
    }
    if (!origins) return
    this.#watched.push({ secret: undefined, what, value, origins: new Set(origins), isOpen: allowed, isWritten: true })
    this.#finder = undefined
  }

  async admit(request: ClearRequest, actor: 'grantlab' | 'browser'): Promise<void> {
    const origin = originOf(request.url) ?? ''
    const asked = this.#watched.filter(({ isWritten, origins }) => !isWritten || !origins.has(origin))
    if (asked.length === 0) return
    this.#finder ??= createValueFinder(this.#watched.map(({ value }) => value))
    const carried = this.#finder.carriedBy(request)
    for (const watched of asked) {
      if (carried.has(watched.value)) await this.#decide(watched, origin, actor)
      else if (!watched.isWritten && isUnseen(watched)) await this.#write(watched)
    }
  }

  async settle(): Promise<void> {
    if (this.#asked.size === 0) return
    for (const watched of this.#watched) if (!watched.isWritten && isPassword(watched)) await this.#write(watched)
  }

  async #decide(watched: Watched, origin: string, actor: 'grantlab' | 'browser'): Promise<void> {
    // A password belongs to where a sign-in that went well asked for it, which nobody knows before.
    const isTyped = isPassword(watched) && actor === 'browser'
    if (!watched.origins.has(origin)) {
      // SECURITY: this keeps a secret from an endpoint that the issuer named only after somebody trusted it.
      if (!watched.isOpen || !(isTyped || this.#options.allowed)) throw notBoundNow(watched, origin)
      watched.origins.add(origin)
      watched.isWritten = false
    }
    if (isTyped) this.#asked.add(origin)
    else if (watched.secret && !watched.isWritten) await this.#write(watched)
  }

  async #write(watched: Watched, settled = true): Promise<void> {
    const { name, binding } = watched.secret!
    const connection = this.#options.connection ?? binding.connection
    await this.#options.vault.bind(name, { origins: [...watched.origins], connection, settled })
    watched.isWritten = settled
    if (settled) watched.isOpen = this.#options.allowed
  }
}

/** No request would show that it is used. */
function isUnseen({ secret, value }: Watched): boolean {
  return secret !== undefined && (ofHandshake.has(secret.parameter) || value.length < shortestCarried)
}

function isPassword({ secret }: Watched): boolean {
  return secret?.parameter === 'password'
}
