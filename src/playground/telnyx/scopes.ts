const areas = [
  'account_management',
  'ai',
  'edge_compute',
  'enterprise_integrations',
  'fax',
  'messaging',
  'networking',
  'numbers',
  'reporting',
  'speech',
  'storage',
  'verify',
  'video',
  'voice',
  'wireless',
]

const dottedScopes = [
  ...areas.flatMap((area) => [`${area}.read`, `${area}.write`]),
  'authentication_and_access.read',
  'billing.read',
].sort()

/** The scope that the published specification knows, and the service refused in October 2026. */
export const adminScope = 'admin'

/** Every scope that any client can ever have. */
export const everyScope = [...dottedScopes, adminScope]

/** The scopes that exist now. */
export function scopesSupported(switches: { admin_scope: boolean }): string[] {
  return switches.admin_scope ? everyScope : dottedScopes
}

/** What a scope lets a client do, in words for the consent page. */
export function wordsOfScope(scope: string): string {
  if (scope === adminScope) return 'Do everything'
  const [area = '', right = ''] = scope.split('.')
  return `${right === 'write' ? 'Change' : 'Read'} ${area.replaceAll('_', ' ')}`
}
