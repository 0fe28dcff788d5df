import type { Rule } from './rule.ts'

const secure = 'RFC 7517 §9.2'

/** Every rule over key sets. The faults are found while the keys are read, in all of them; here each gets its words. */
const told: Omit<Rule, 'check'>[] = [
  {
    id: 'jwks.private-material',
    severity: 'error',
    title: 'A secret part of a key is published',
    specification: secure,
    remedy: 'Take the key out of use at once and publish a new public key: whoever read this can sign for the server.',
  },
  {
    id: 'jwks.not-json',
    severity: 'error',
    title: 'The answer is no key set',
    specification: 'RFC 7517 §5',
    remedy: 'Have jwks_uri answer a JSON object with a list keys.',
  },
  {
    id: 'jwks.too-large',
    severity: 'error',
    title: 'The key set is larger than Grantlab reads',
    specification: 'RFC 7517 §5',
    remedy: 'Publish only the keys in use: every client loads all of them.',
  },
  {
    id: 'jwks.weak-rsa',
    severity: 'error',
    title: 'An RSA key is too short',
    specification: 'RFC 7518 §3.3',
    remedy: 'Use 2048 bits or more.',
  },
  {
    id: 'jwks.duplicate-kid',
    severity: 'warning',
    title: 'Several keys have the same kid',
    specification: 'RFC 7517 §4.5',
    remedy: 'Give every key a kid of its own.',
  },
  {
    id: 'jwks.missing-kid',
    severity: 'warning',
    title: 'A key among several has no kid',
    specification: 'RFC 7517 §4.5',
    remedy: 'Give every key a kid, so that a client need not try them all.',
  },
  {
    id: 'jwks.alg-use-conflict',
    severity: 'warning',
    title: 'The algorithm of a key fits neither its type nor its use',
    specification: 'RFC 7517 §4.2, §4.4',
    remedy: 'Mend alg or use.',
  },
  {
    id: 'jwks.x5c-expired',
    severity: 'warning',
    title: 'The certificate of a key has expired',
    specification: 'RFC 7517 §4.7',
    remedy: 'Publish the key with a valid certificate, or without one.',
  },
  {
    id: 'jwks.empty',
    severity: 'warning',
    title: 'The key set is empty',
    specification: 'RFC 7517 §5',
    remedy: 'Publish the keys that signatures are checked with.',
  },
  {
    id: 'jwks.unknown-kty',
    severity: 'info',
    title: 'A key is of a type that is not registered',
    specification: 'RFC 7517 §5',
    remedy: 'Nothing, when it is on purpose: clients leave such keys out.',
  },
]

/** What is noticed in key sets. */
export const keyRules: readonly Rule[] = told.map((rule) => ({
  ...rule,
  check: (run) =>
    run.keySets.flatMap(({ faults, counts, exchange }) => {
      const own = faults.filter((fault) => fault.rule === rule.id)
      const [first] = own
      if (!first) return []
      const count = counts[rule.id] ?? own.length
      return [
        {
          explanation: count > 1 ? `${first.detail} So it is with ${count} keys.` : first.detail,
          evidence: own.map(({ pointer, value }) => ({ label: pointer || 'answer', value, exchange, pointer })),
        },
      ]
    }),
}))
