import type { MetadataField } from './client-document.ts'

/** Members that belong together, folded away. */
export interface MemberFold {
  title: string
  /** what stands inside, in a few words */
  summary: string
  fields: MetadataField[]
}

/** By what their specification is about; what fits nowhere stands first. */
const subjects: readonly { title: string; holds(field: MetadataField): boolean }[] = [
  { title: 'Signatures and encryption', holds: ({ member }) => /_(?:alg|enc)$|^jwks/.test(member) },
  { title: 'Logout', holds: ({ member }) => member.includes('logout') },
  {
    title: 'Certificates, DPoP and pushed requests',
    holds: ({ member }) => /^tls_|^dpop_|^require_(?:pushed|signed)|^authorization_details/.test(member),
  },
  { title: 'OpenID Connect', holds: ({ parameter }) => parameter.section?.startsWith('OpenID') ?? false },
]
const others = 'More about the client'
const mostNamed = 4

/** The advanced members in a few folds. */
export function memberFoldsOf(fields: readonly MetadataField[]): MemberFold[] {
  const subjectOf = (field: MetadataField) => subjects.find(({ holds }) => holds(field))?.title ?? others
  const advanced = fields.filter(({ parameter }) => parameter.advanced)
  const bySubject = Map.groupBy(advanced, subjectOf)
  return [others, ...subjects.map(({ title }) => title)].flatMap((title) => {
    const found = bySubject.get(title)
    return found ? [{ title, summary: summaryOf(found), fields: found }] : []
  })
}

function summaryOf(fields: readonly MetadataField[]): string {
  const [first = '', ...more] = fields.map(({ parameter }) => parameter.title)
  // Names of things stay as they are: ID token, DNS.
  const titles = [first, ...more.map((title) => title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()))]
  const rest = titles.length - mostNamed
  return rest <= 1 ? titles.join(', ') : `${titles.slice(0, mostNamed).join(', ')} and ${rest} more`
}
