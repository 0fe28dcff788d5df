import { data, type Answer } from './answer.ts'
import { ApiError, invalidField } from './api-error.ts'
import { jsonObject, type ApiRequest } from './api-request.ts'
import type { EmulatorParts } from './parts.ts'
import { readFault } from './read-fault.ts'
import { scopesSupported } from './scopes.ts'
import { mergeSwitches, SwitchError } from './switches.ts'

const mostSeeded = 20_000
const mostFaults = 100

/** `PUT /emulator/switches`: sets some or all. */
export function setSwitches(request: ApiRequest, parts: EmulatorParts): Answer {
  try {
    parts.switches = mergeSwitches(parts.switches, jsonObject(request))
  } catch (error) {
    if (error instanceof SwitchError) throw new ApiError(422, invalidField(`/${error.switchName}`, error.message))
    throw error
  }
  return data(parts.switches)
}

/** `POST /emulator/faults`: the next matching requests go wrong in this way. */
export function addFault(request: ApiRequest, { faults }: EmulatorParts): Answer {
  const fault = readFault(jsonObject(request))
  if (faults.waiting().length >= mostFaults) {
    throw new ApiError(422, { code: '10015', detail: `${mostFaults} faults are waiting already; delete them first.` })
  }
  faults.add(fault)
  return data(fault, 201)
}

/** `POST /emulator/clients`: makes many clients at once, to page through. */
export function seedClients(request: ApiRequest, { clients, switches }: EmulatorParts): Answer {
  const { count, ...rest } = jsonObject(request)
  const isCount = Number.isSafeInteger(count) && Number(count) >= 1 && Number(count) <= mostSeeded
  if (!isCount || Object.keys(rest).length > 0) {
    throw new ApiError(422, invalidField('/count', `count alone is sent, a whole number from 1 to ${mostSeeded}.`))
  }
  const allowed_scopes = scopesSupported(switches).slice(0, 2)
  for (let number = 1; number <= Number(count); number += 1) {
    clients.create({
      name: `Seeded client ${String(number).padStart(5, '0')}`,
      allowed_scopes,
      client_type: number % 2 === 0 ? 'public' : 'confidential',
      allowed_grant_types: number % 2 === 0 ? ['authorization_code', 'refresh_token'] : ['client_credentials'],
      redirect_uris: number % 2 === 0 ? ['http://127.0.0.1/callback'] : [],
      require_pkce: number % 2 === 0,
      logo_uri: null,
      tos_uri: null,
      policy_uri: null,
    })
  }
  return data({ created: count }, 201)
}
