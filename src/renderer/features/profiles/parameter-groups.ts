import type { OperationDescription, ParameterDescription } from '../../../contract/description.ts'

/** Parameters that stand under one heading of a profile's form. */
export interface ParameterGroup {
  id: 'server' | 'scopes' | 'redirect' | 'endpoints' | 'connection'
  title: string
  parameters: ParameterDescription[]
}

const titles: Record<ParameterGroup['id'], string> = {
  server: 'Server and client',
  redirect: 'Sign-in and redirect',
  scopes: 'Scope and parameters',
  endpoints: 'Endpoints by hand',
  connection: 'Connection',
}

/** Wire names that belong to who asks and who is asked. */
const server = /^(issuer|client_.*)$/
/** Names that belong to the way through the browser. */
const redirect = /^(redirect_uri|pkce|agent|user|password|sign_in_seconds|response_mode)$/

function groupOf({ name, group }: ParameterDescription): ParameterGroup['id'] {
  if (group) return group
  if (server.test(name)) return 'server'
  return redirect.test(name) ? 'redirect' : 'scopes'
}

/** Every parameter that can stand in a profile, once, whichever operations have it; a profile needs none of them. */
export function profileParametersOf(operations: readonly OperationDescription[]): ParameterDescription[] {
  const found = new Map<string, ParameterDescription>()
  for (const { required: _required, onlyWhen: _onlyWhen, ...parameter } of operations.flatMap(
    (one) => one.parameters,
  )) {
    if (parameter.inProfile && !found.has(parameter.name)) found.set(parameter.name, parameter)
  }
  return [...found.values()]
}

/** The parameters under their headings, in the order of the form; a heading without parameters is left out. */
export function groupParameters(parameters: readonly ParameterDescription[]): ParameterGroup[] {
  return (Object.keys(titles) as ParameterGroup['id'][])
    .map((id) => ({ id, title: titles[id], parameters: parameters.filter((one) => groupOf(one) === id) }))
    .filter((group) => group.parameters.length > 0)
}
