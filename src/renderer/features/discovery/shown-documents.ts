import type { ReceivedMetadata } from '../../../contract/events.ts'
import type { Finding } from '../../../contract/rules/rule.ts'
import type { Run } from '../../../contract/run.ts'

/** A document of a run with the name it is chosen by. */
export interface ShownDocument {
  title: string
  isResource: boolean
  received: ReceivedMetadata
}

/** Where a finding leads. */
export interface FindingPlace {
  tab: 'fields' | 'keys'
  /** place in the list of documents */
  document: number
  field?: string
  /** place in the key set */
  key?: number
}

/** The documents a run brought, in the order they came, each with a name of its own. */
export function documentsOf({ metadata }: Pick<Run, 'metadata'>): ShownDocument[] {
  const issuers = new Set(metadata.filter(({ kind }) => kind !== 'protected-resource').map(({ issuer }) => issuer))
  return metadata.map((received) => {
    const isResource = received.kind === 'protected-resource'
    const host = issuers.size > 1 ? ` of ${URL.parse(received.issuer)?.host ?? received.issuer}` : ''
    return { received, isResource, title: isResource ? 'Resource' : `${titleOfLocation(received.location)}${host}` }
  })
}

function titleOfLocation(location: string): string {
  if (location.includes('/openid-configuration')) return 'OpenID configuration'
  return location.includes('/oauth-authorization-server') ? 'OAuth metadata' : 'Metadata'
}

/** Where in documents and keys a finding points; undefined when it is about nothing that is shown there. */
export function placeOfFinding(run: Run, { evidence }: Pick<Finding, 'evidence'>): FindingPlace | undefined {
  for (const { exchange, pointer = '' } of evidence) {
    const names = pointer.split('/').slice(1).map(unescapeName)
    const index = names[0] === 'keys' ? Number(names[1]) : Number.NaN
    const isKeySet = run.keySets.some((keys) => keys.exchange === exchange)
    if (isKeySet) return { tab: 'keys', document: 0, ...(Number.isInteger(index) ? { key: index } : {}) }
    const document = run.metadata.findIndex((received) => received.exchange === exchange)
    if (document >= 0 && names[0]) return { tab: 'fields', document, field: names[0] }
  }
  return undefined
}

const unescapeName = (name: string) => name.replaceAll('~1', '/').replaceAll('~0', '~')

/** The findings at each field of a document, by the field's name. */
export function findingsByField(run: Run, findings: readonly Finding[], document: number): Map<string, Finding[]> {
  const byField = new Map<string, Finding[]>()
  for (const finding of findings) {
    const place = placeOfFinding(run, finding)
    if (place?.tab !== 'fields' || place.document !== document || place.field === undefined) continue
    byField.set(place.field, [...(byField.get(place.field) ?? []), finding])
  }
  return byField
}
