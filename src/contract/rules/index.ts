import { isDiscovery, type Run } from '../run.ts'
import { authorizeRules } from './authorize.ts'
import { httpRules } from './http.ts'
import { idTokenRules } from './id-token.ts'
import { jwtRules } from './jwt.ts'
import { introspectionRules } from './introspection.ts'
import { keyRules } from './keys.ts'
import { metadataFindingRules } from './metadata-finding.ts'
import { metadataRules } from './metadata.ts'
import { preflightRules } from './preflight.ts'
import { registrationRules } from './registration.ts'
import { resourceMetadataRules } from './resource-metadata.ts'
import { resourceRules } from './resource.ts'
import { revocationRules } from './revocation.ts'
import type { Finding, Hit, Rule, Severity } from './rule.ts'
import { tokenRules } from './token.ts'
import { transportRules } from './transport.ts'

/** Every rule, in the order findings are shown within a severity. */
export const rules: readonly Rule[] = [
  ...preflightRules,
  ...authorizeRules,
  ...tokenRules,
  ...idTokenRules,
  ...jwtRules,
  ...introspectionRules,
  ...revocationRules,
  ...metadataRules,
  ...metadataFindingRules,
  ...resourceMetadataRules,
  ...keyRules,
  ...httpRules,
  ...resourceRules,
  ...registrationRules,
  ...transportRules,
]

const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 }

/** What the rules notice in a run, worst first. Pure: a live run, a reopened one and a capsule give the same. */
export function findingsOf(run: Run): Finding[] {
  const tellsAll = isDiscovery(run)
  return rules
    .filter(({ onDiscovery }) => tellsAll || !onDiscovery)
    .flatMap((rule) =>
      hitsOf(rule, run).map((hit) => ({
        rule: rule.id,
        severity: rule.severity,
        title: rule.title,
        specification: rule.specification,
        remedy: rule.remedy,
        ...hit,
      })),
    )
    .sort((a, b) => order[a.severity] - order[b.severity])
}

/** What is the same in several documents, or answers, is said once and points at each. */
function hitsOf(rule: Rule, run: Run): Hit[] {
  const byExplanation = new Map<string, Hit>()
  for (const hit of rule.check(run)) {
    const before = byExplanation.get(hit.explanation)?.evidence ?? []
    byExplanation.set(hit.explanation, { ...hit, evidence: [...before, ...hit.evidence] })
  }
  return [...byExplanation.values()]
}
