/** How one emulator behaves where telnyx.com's own ways differ, are unknown, or only sometimes matter. */
export interface TelnyxSwitches {
  /** Every error is `{error, error_description}`, as the published specification has it. */
  spec_errors: boolean
  /** `/v2/oauth/clients…` and `/v2/oauth/grants…` answer as well as the paths with an underscore. */
  slash_paths: boolean
  /** The scope `admin` exists beside the 32 dotted ones. */
  admin_scope: boolean
  /** Status of the answer that creates a client. */
  create_status: 200 | 201
  /** Status when a required field is missing. */
  missing_field_status: 400 | 422
  /** `client_secret` comes with every answer about a client, not only when it is created. */
  show_client_secret: boolean
  /** Introspection takes the API key as Bearer in the place of client authentication. */
  introspect_with_api_key: boolean
  /** Introspection answers 429 from the sixth request of a client within 60 seconds on. */
  introspect_limit: boolean
  /** The code challenge method `plain` is taken. */
  plain_pkce: boolean
}

type Values = { readonly [Name in keyof TelnyxSwitches]: readonly [TelnyxSwitches[Name], TelnyxSwitches[Name]] }

/** What each switch may be; the first is what it is when nobody says anything. */
const values: Values = {
  spec_errors: [false, true],
  slash_paths: [false, true],
  admin_scope: [false, true],
  create_status: [201, 200],
  missing_field_status: [422, 400],
  show_client_secret: [false, true],
  introspect_with_api_key: [true, false],
  introspect_limit: [false, true],
  plain_pkce: [false, true],
}

/** What the emulator does when nobody says anything. */
export const usualSwitches = Object.freeze(
  Object.fromEntries(Object.entries(values).map(([name, [usual]]) => [name, usual])),
) as unknown as Readonly<TelnyxSwitches>

/** Thrown for a switch that does not exist or cannot be what was asked. `name` says which. */
export class SwitchError extends Error {
  readonly switchName: string

  constructor(switchName: string, message: string) {
    super(message)
    this.name = 'SwitchError'
    this.switchName = switchName
  }
}

/**
 * The switches after some were set.
 * @throws SwitchError when one of them does not exist or cannot have the value.
 */
export function mergeSwitches(current: Readonly<TelnyxSwitches>, given: object): TelnyxSwitches {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(values, name)) throw new SwitchError(name, `There is no switch ${name}.`)
    const allowed: readonly unknown[] = values[name as keyof TelnyxSwitches]
    if (!allowed.includes(value)) throw new SwitchError(name, `The switch ${name} is ${allowed.join(' or ')}.`)
  }
  return { ...current, ...given }
}
