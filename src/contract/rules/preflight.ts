import { preflightOf } from '../preflight/preflight.ts'
import type { PreflightCheck, PreflightSubject } from '../preflight/preflight-check.ts'
import { wantedOf } from '../preflight/wanted.ts'
import type { Run } from '../run.ts'
import type { Rule } from './rule.ts'

/** What was compared before a run sent anything; empty when nothing is known of its client. */
export function preflightChecksOf(run: Run): PreflightCheck[] {
  const known = run.known.at(-1)
  if (!known) return []
  const server = run.metadata.findLast(({ kind }) => kind !== 'protected-resource')?.document
  return preflightOf(wantedOf(run.parameters, run.operation, run.startedAt), known.client, server)
}

const ruleOf = (
  subject: PreflightSubject,
  [title, specification, remedy]: [title: string, specification: string, remedy: string],
): Rule => ({
  id: `preflight.${subject}`,
  severity: 'error',
  title,
  specification,
  remedy,
  check: (run) =>
    preflightChecksOf(run)
      .filter((check) => check.subject === subject && (check.verdict === 'fails' || check.verdict === 'may-fail'))
      .map(({ verdict, explanation, wanted, registered }) => ({
        explanation,
        ...(verdict === 'may-fail' ? { severity: 'warning' as const } : {}),
        evidence: [
          { label: 'wanted', value: wanted },
          { label: 'registered', value: registered.slice(0, 20).join(', ') || 'nothing' },
        ],
      })),
})

/** What is noticed when a run is compared with the registration of its client. */
export const preflightRules: readonly Rule[] = [
  ruleOf('redirect-uri', [
    'The redirect URI is not registered',
    'RFC 6749 §3.1.2.3, RFC 9700 §4.1.3, RFC 8252 §7.3',
    'Register this redirect URI, or use a registered one.',
  ]),
  ruleOf('scope', [
    'A scope is not registered for the client',
    'RFC 7591 §2, RFC 6749 §3.3',
    'Register the scope for the client, or do not ask for it.',
  ]),
  ruleOf('grant-type', [
    'The grant type is not registered for the client',
    'RFC 7591 §2',
    'Allow the client this grant type, or use another client.',
  ]),
  ruleOf('client-auth', [
    'The client is registered to prove itself otherwise',
    'RFC 7591 §2, RFC 6749 §2.3',
    'Use the registered client authentication with a secret that is still good.',
  ]),
  ruleOf('pkce', ['The client must use PKCE', 'RFC 7636 §4.4.1, RFC 9700 §2.1.1', 'Use PKCE with S256.']),
]
