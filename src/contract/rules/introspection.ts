import { isJsonObject, type Json } from '../json.ts'
import type { RecordedProof, Run } from '../run.ts'
import type { Evidence, Rule } from './rule.ts'

/** Answers that a token is active, or that it is not. */
const answersOf = (run: Run, active: boolean) =>
  run.proofs.filter(({ name, facts }) => name === 'introspection.answered' && facts?.active === active)

/** Where it was: the answer's exchange. */
const placeOf = ({ exchange }: RecordedProof) => (exchange ? { exchange } : {})

const textsOf = (value: Json | undefined) => (Array.isArray(value) ? value.map(String) : [])

const inactiveExtra: Rule = {
  id: 'introspect.inactive-extra',
  severity: 'warning',
  title: 'The server tells of a token that is not active',
  specification: 'RFC 7662 §2.2',
  remedy: 'Answer {"active": false} and nothing else.',
  check: (run) =>
    answersOf(run, false).flatMap((proof) => {
      const members = textsOf(proof.facts?.members)
      if (members.length === 0) return []
      const evidence = [{ label: 'members', value: members.join(', '), ...placeOf(proof) }]
      return [{ explanation: 'Whoever holds an old token learns more of it than that it is not active.', evidence }]
    }),
}

const unauthenticated: Rule = {
  id: 'introspect.unauthenticated',
  severity: 'warning',
  title: 'The introspection endpoint answers without authentication',
  specification: 'RFC 7662 §2.1, §4',
  remedy: 'Have the endpoint ask for client authentication or for a token of its own.',
  check: (run) =>
    answersOf(run, true)
      .filter(({ facts }) => facts?.authentication === 'none')
      .map((proof) => ({
        explanation: 'Nobody had to prove who asks, so anybody can try out whether a text is an active token.',
        evidence: [{ label: 'client authentication', value: 'none', ...placeOf(proof) }],
      })),
}

const disagrees: Rule = {
  id: 'introspect.disagrees',
  severity: 'error',
  title: 'The answer does not fit the token',
  specification: 'RFC 7662 §2.2, RFC 9068 §2.2',
  remedy: 'Find out which of the two is right: an API that reads the token decides otherwise than one that asks.',
  check: (run) =>
    run.proofs
      .filter(({ name, holds }) => name === 'introspection.agrees' && holds === false)
      .map((proof) => {
        const { ended, differs } = proof.facts ?? {}
        const old = ended === undefined ? [] : [{ label: 'exp', value: String(ended), ...placeOf(proof) }]
        const others = (Array.isArray(differs) ? differs.filter(isJsonObject) : []).map(
          ({ claim, answered, own }): Evidence => ({
            label: String(claim),
            value: `${String(answered)}; in the token: ${String(own)}`,
            ...placeOf(proof),
          }),
        )
        const explanation =
          old.length > 0
            ? 'The token is said to be active, and to have ended.'
            : 'The server says something else of the token than the token says itself.'
        return { explanation, evidence: [...old, ...others] }
      }),
}

/** What is noticed about introspection. */
export const introspectionRules: readonly Rule[] = [disagrees, unauthenticated, inactiveExtra]
