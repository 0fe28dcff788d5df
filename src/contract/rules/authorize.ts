import type { Run, TimelineEntry } from '../run.ts'
import type { Rule } from './rule.ts'

type Message = Extract<TimelineEntry, { kind: 'message' }>

/** Authorization requests of the run: what was handed to a browser. */
function requestsOf(run: Run): { message: Message; value: (name: string) => string | undefined }[] {
  return run.timeline
    .filter((entry): entry is Message => entry.kind === 'message' && entry.message.direction === 'to-browser')
    .map((message) => ({
      message,
      value: (name) => message.message.parameters.find(([key]) => key === name)?.[1],
    }))
}

const stepOf = (message: Message) => (message.step ? { step: message.step } : {})

const noPkce: Rule = {
  id: 'authorize.no-pkce',
  severity: 'warning',
  title: 'The request has no code challenge',
  specification: 'RFC 9700 §2.1.1',
  remedy: 'Use PKCE with S256; servers that do not know it ignore it.',
  check: (run) =>
    requestsOf(run)
      .filter(({ value }) => value('response_type')?.split(' ').includes('code') && !value('code_challenge'))
      .map(({ message }) => ({
        explanation: 'Without PKCE, whoever gets hold of the code can use it.',
        evidence: [{ label: 'code_challenge', value: 'absent', ...stepOf(message) }],
      })),
}

const stateMismatch: Rule = {
  id: 'authorize.state-mismatch',
  severity: 'error',
  title: 'The returned state is not the one sent',
  specification: 'RFC 6749 §10.12',
  remedy: 'Do not use the code. Find out which sign-in the answer belongs to.',
  check: (run) => [
    ...run.proofs
      .filter(({ name, holds }) => name === 'state.matches' && holds === false)
      .map((proof) => ({
        explanation: proof.facts?.received
          ? 'The answer carries the state of another sign-in.'
          : 'A state was sent and none came back.',
        evidence: [
          {
            label: 'state',
            value: proof.facts?.received ? 'differs' : 'absent',
            ...(proof.step ? { step: proof.step } : {}),
          },
        ],
      })),
    ...run.timeline
      .filter((entry) => entry.kind === 'ignored')
      .map((entry) => ({
        explanation: 'An answer with another state arrived at the redirect URI. It was not used.',
        evidence: entry.differs.map(({ name, received }) => ({
          label: name,
          value: received,
          ...(entry.step ? { step: entry.step } : {}),
        })),
      })),
  ],
}

const issMissing: Rule = {
  id: 'authorize.iss-missing',
  severity: 'error',
  title: 'The server promises iss and did not send it',
  specification: 'RFC 9207 §2.3',
  remedy: 'Have the server send iss, or not promise authorization_response_iss_parameter_supported.',
  check: (run) =>
    issProofs(run).flatMap(({ promised, received, ofThisSignIn, step }) =>
      promised && received === null && ofThisSignIn
        ? [
            {
              explanation: 'The metadata says the authorization response carries iss; it does not.',
              evidence: [{ label: 'iss', value: 'absent', ...step }],
            },
          ]
        : [],
    ),
}

const issMismatch: Rule = {
  id: 'authorize.iss-mismatch',
  severity: 'error',
  title: 'The answer comes from another issuer',
  specification: 'RFC 9207 §2.4',
  remedy: 'Do not use the code: sending it to the wrong server gives it away.',
  check: (run) =>
    issProofs(run).flatMap(({ holds, received, expected, step }) =>
      holds === false
        ? [
            {
              explanation: `The answer names ${String(received)}, the server asked is ${expected}.`,
              evidence: [{ label: 'iss', value: String(received), ...step }],
            },
          ]
        : [],
    ),
}

function issProofs(run: Run) {
  return run.proofs
    .map((proof, index) => ({ ...proof, ofThisSignIn: !followsForeignState(run, index) }))
    .filter(({ name }) => name === 'iss.matches')
    .map(({ holds, facts, step, ofThisSignIn }) => ({
      holds,
      ofThisSignIn,
      promised: facts?.promised === true,
      received: facts?.received ?? null,
      expected: String(facts?.expected),
      step: step ? { step } : {},
    }))
}

/** The state of an answer is proved before its iss: with a foreign state it says nothing of this server's promise. */
function followsForeignState({ proofs }: Run, index: number): boolean {
  return proofs.slice(0, index).findLast(({ name }) => name === 'state.matches')?.holds === false
}

/** What is noticed about authorization requests and responses. */
export const authorizeRules: readonly Rule[] = [stateMismatch, issMismatch, issMissing, noPkce]
