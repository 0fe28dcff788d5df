import { expect, test } from 'vitest'
import type { Engine } from '../contract/engine.ts'
import { maskOf } from '../contract/mask.ts'
import { emptyRun, type Run } from '../contract/run.ts'
import type { PrintableKind } from '../contract/token-kind.ts'
import { problemIn } from '../contract/wire.ts'
import type { CliProcess } from './cli-process.ts'
import { isToldOnce, printValue } from './printed-value.ts'

const secret = 'b1'.repeat(16)
const management = 'c2'.repeat(16)
const values: Record<string, string> = { [secret]: 's3cret\u001b[2J', [management]: 'manage' }

const run: Run = {
  ...emptyRun('r'),
  registered: [
    {
      how: 'sent',
      exchange: '1',
      vendor: 'rfc7592',
      asked: {},
      registered: {
        client_id: 'c',
        client_secret: maskOf(secret),
        registration_access_token: maskOf(management),
      },
      client: { client_id: 'c', further: {} },
      isManageable: true,
    },
  ],
}

async function printed(kind: PrintableKind, from = run, isTTY = false) {
  let text = ''
  const cli = { stdout: { isTTY, write: (more: string) => void (text += more) } } as unknown as CliProcess
  const engine = {
    reveal: ({ fingerprint }: { fingerprint: string }) => Promise.resolve({ value: values[fingerprint] }),
  } as unknown as Engine
  const problem = await printValue(cli, engine, { run: from, kind }).then(() => undefined, problemIn)
  return { text, problem }
}

test('secrets of a registration are printed alone, harmless to a terminal', async () => {
  expect(await printed('client_secret')).toEqual({ text: 's3cret\u001b[2J\n', problem: undefined })
  expect((await printed('client_secret', run, true)).text).toBe('s3cret\\e[2J\n')
  expect((await printed('registration_access_token')).text).toBe('manage\n')
})

test('what the server did not give is said', async () => {
  const { text, problem } = await printed('client_secret', emptyRun('r'))
  expect(text).toBe('')
  expect(problem).toMatchObject({ code: 'token-missing', detail: 'The server gave no client_secret.' })
})

test('what is told only once is printed beside a problem too; a token is not', () => {
  expect(isToldOnce(run, 'client_secret')).toBe(true)
  expect(isToldOnce(run, 'access_token')).toBe(false)
  expect(isToldOnce(emptyRun('r'), 'client_secret')).toBe(false)
})
