import type { Run } from '../run.ts'
import { evidenceAt, textsIn } from './metadata.ts'
import type { Rule } from './rule.ts'

function resourcesOf(run: Run) {
  return run.metadata.filter(({ kind }) => kind === 'protected-resource')
}

const identifierMismatch: Rule = {
  id: 'resource.identifier-mismatch',
  severity: 'error',
  title: 'The metadata names another resource than the one asked for',
  specification: 'RFC 9728 §3.3',
  remedy: 'Use exactly the identifier that the resource names, or mend it there.',
  check: (run) => [
    ...resourcesOf(run)
      .filter(({ issuer, document }) => document.resource !== issuer)
      .map((received) => ({
        explanation: `Asked for ${received.issuer}. A client must not use a document that names another.`,
        evidence: [evidenceAt(received, 'resource')],
      })),
    ...run.locations
      .filter(({ outcome, kind }) => outcome === 'other-issuer' && kind === 'protected-resource')
      .map(({ location, names = 'absent', exchange }) => ({
        explanation: `${location} answered a document of another resource. It was not used.`,
        evidence: [{ label: 'resource', value: names, exchange, pointer: '/resource' }],
      })),
  ],
}

const noServers: Rule = {
  id: 'resource.no-servers',
  severity: 'warning',
  title: 'The resource names no authorization server',
  specification: 'RFC 9728 §2',
  remedy: 'List the issuers whose tokens it takes in authorization_servers.',
  check: (run) =>
    resourcesOf(run)
      .filter(({ document }) => textsIn(document.authorization_servers).length === 0)
      .map((received) => ({
        explanation: 'A client cannot find out where to get a token for it.',
        evidence: [evidenceAt(received, 'authorization_servers')],
      })),
}

const doesNotListBack: Rule = {
  id: 'resource.server-does-not-list-back',
  severity: 'warning',
  title: 'The authorization server does not list this resource',
  specification: 'RFC 9728 §4',
  remedy: 'Add the resource to protected_resources of the server, or leave that field out.',
  check: (run) =>
    resourcesOf(run).flatMap((resource) => {
      const issuers = textsIn(resource.document.authorization_servers)
      return run.metadata
        .filter(
          ({ kind = 'authorization-server', issuer }) => kind === 'authorization-server' && issuers.includes(issuer),
        )
        .filter(({ document }) => document.protected_resources !== undefined)
        .filter(({ document }) => !textsIn(document.protected_resources).includes(resource.issuer))
        .map((server) => ({
          explanation: `${resource.issuer} takes tokens of ${server.issuer}, whose list does not have it.`,
          evidence: [evidenceAt(resource, 'authorization_servers'), evidenceAt(server, 'protected_resources')],
        }))
    }),
}

const bearerMethods: Rule = {
  id: 'resource.bearer-methods',
  severity: 'warning',
  title: 'Tokens may be sent in the address',
  specification: 'RFC 9700 §4.3.2',
  remedy: 'Take query out of bearer_methods_supported: addresses are logged and passed on.',
  check: (run) =>
    resourcesOf(run)
      .filter(({ document }) => textsIn(document.bearer_methods_supported).includes('query'))
      .map((received) => ({
        explanation: 'bearer_methods_supported lists query.',
        evidence: [evidenceAt(received, 'bearer_methods_supported')],
      })),
}

/** What is noticed in protected resource metadata. */
export const resourceMetadataRules: readonly Rule[] = [identifierMismatch, noServers, doesNotListBack, bearerMethods]
