import { expect, test } from 'vitest'
import type { ParameterValues } from '../../contract/description.ts'
import type { Inspection } from '../../contract/bench/inspection.ts'
import { makeToken } from '../bench/testing/make-token.ts'
import { checkParameters } from '../runs/check-parameters.ts'
import { createClearValues } from '../runs/clear-values.ts'
import type { CommandContext } from './command.ts'
import { tokenInspectCommands } from './token-inspect.ts'

const { description, run } = tokenInspectCommands['token inspect']
const token = makeToken({ sub: 'ann', scope: 'read' })

/** Runs the command as the engine does: parameters checked first. */
async function inspect(parameters: ParameterValues) {
  const clearValues = createClearValues()
  const context = { clearValues, fingerprintKey: async () => new Uint8Array(32) } as unknown as CommandContext
  const result: Inspection = await run(context, checkParameters(description.parameters, parameters) as { text: string })
  return { result, clearValues }
}

test('what is pasted is read, and its clear values can be revealed in this session', async () => {
  const { result, clearValues } = await inspect({ text: `{"access_token":"${token}","client_secret":"s3cr3t-value"}` })
  expect(result).toMatchObject({
    recognised: 'token-response',
    tokens: [{ label: 'access_token', use: 'access_token' }],
  })
  expect(clearValues.get(result.tokens[0]!.fingerprint)).toBe(token)
  const [, fingerprint = ''] = /#([0-9a-f]{32})/.exec(result.members[0]!.value) ?? []
  expect(clearValues.get(fingerprint)).toBe('s3cr3t-value')
  expect(JSON.stringify(result)).not.toMatch(new RegExp(`${token}|s3cr3t-value`))
})

test('an empty text is nothing, and no reference to a secret is read', async () => {
  expect((await inspect({ text: '' })).result).toMatchObject({ recognised: 'nothing', tokens: [] })
  const refusal = { problem: { code: 'parameter-invalid' } }
  await expect(inspect({ text: { secret: 'acme' } })).rejects.toMatchObject(refusal)
  await expect(inspect({})).rejects.toMatchObject({ problem: { code: 'parameter-missing' } })
})

test('the text is a secret wherever it is described, and comes from a file on the command line', () => {
  expect(description.parameters[0]).toMatchObject({ name: 'text', type: 'secret', positional: true, fromFile: true })
})
