import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperationDescription, ParameterDescription, ParameterValues } from '../../src/contract/description.ts'
import type { VendorMethod } from '../../src/contract/vendor.ts'
import { operations } from '../../src/core/operations/index.ts'
import { vendors } from '../../src/core/vendors/index.ts'
import { keepKnownRegistration } from '../support/known-registration.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

let test: TestEngine
beforeAll(async () => {
  test = await createTestEngine()
})
afterAll(() => test.close())

// What every operation promises, whichever it is: a new one is tested by standing in the list.
describe.each(operations.map((operation) => [operation.description.id, operation] as const))(
  '%s',
  (id, { description }) => {
    it('describes itself so that a form, flags and a schema can be drawn', () => {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*( [a-z]+(-[a-z]+)*)?$/)
      expect(description.specification.length).toBeGreaterThan(0)
      const names = description.parameters.map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      for (const parameter of description.parameters) {
        expect(parameter.name).toMatch(/^[a-z]+(_[a-z]+)*$/)
        expect(parameter.hint).toMatch(/^[^!]+[.]$/)
        expect(parameter.type === 'choice').toBe(parameter.choices !== undefined)
        if (parameter.default !== undefined && parameter.choices) {
          expect(parameter.choices.map(({ value }) => value)).toContain(parameter.default)
        }
        if (parameter.proposals) expect(parameter.type).toBe('text')
        if (parameter.onlyWhen) expect(names).toContain(parameter.onlyWhen.parameter)
      }
      const { destructive } = description
      if (typeof destructive === 'object') expect(names).toContain(destructive.parameter)
    })

    it('ends as a clear problem when nothing listens', async () => {
      await keepKnownRegistration(test, { issuer: 'http://127.0.0.1:9' })
      const { run } = await test.run({
        operation: id,
        parameters: minimal(description, 'http://127.0.0.1:9'),
      })
      expect(run.outcome).toBe('failed')
      expect(run.problem).toMatchObject({ code: 'connection-refused' })
      expect(run.problem?.detail).toContain('127.0.0.1:9')
      expect(run.exchanges.at(-1)?.state).toBe('failed')
      expect(run.problem).toMatchObject({ exchange: run.exchanges.at(-1)?.id, step: run.steps.at(-1)?.id })
      expect(run.steps.at(-1)?.outcome).toBe('failed')
    })

    it('names a parameter that is missing, unknown or wrong', async () => {
      const start = (parameters: Record<string, string>) => test.engine.startRun({ operation: id, parameters })
      await expect(start({})).rejects.toMatchObject({ problem: { code: 'parameter-missing' } })
      await expect(start({ no_such: 'x' })).rejects.toMatchObject({ problem: { code: 'parameter-unknown' } })
      await expect(start({ [serverOf(description.parameters)]: 'not an address' })).rejects.toMatchObject({
        problem: { code: 'parameter-invalid' },
      })
    })

    it('can be cancelled', async () => {
      const { createServer } = await import('node:net')
      const silent = createServer(() => {}).listen(0, '127.0.0.1')
      await new Promise((resolve) => silent.once('listening', resolve))
      const { port } = silent.address() as { port: number }
      await keepKnownRegistration(test, { issuer: `http://127.0.0.1:${port}` })
      const { run } = await test.run(
        { operation: id, parameters: minimal(description, `http://127.0.0.1:${port}`) },
        (event, runId) => {
          if (event.type === 'exchange.started') void test.engine.cancelRun({ runId })
        },
      )
      silent.close()
      expect(run.outcome).toBe('cancelled')
      expect(run.problem?.code).toBe('cancelled')
    })
  },
)

/**
 * What an operation needs, all of it at one server; one that sends a token gets it by hand, one for many is for all, one of
 * a vendor's gets a vendor that has it.
 */
function minimal({ parameters, vendorMethod }: OperationDescription, server: string): ParameterValues {
  const needed = parameters.filter(({ name, required }) => required || name === 'access_token')
  const valueOf = ({ name, type }: ParameterDescription) =>
    type === 'url' ? server : type === 'list' ? [some] : name === 'token' ? aToken : some
  const values = needed.map((parameter) => [parameter.name, valueOf(parameter)])
  const all = parameters.some(({ name }) => name === 'all') ? { all: true } : {}
  const managed = vendorMethod ? { vendor: vendorWith(vendorMethod), api_key: some } : {}
  const change = vendorMethod === 'updateClient' ? { client_name: some } : {}
  return { ...Object.fromEntries(values), ...all, ...managed, ...change, [serverOf(parameters)]: server }
}

const some = 'some-value'
/** A token that can be read: for one that cannot, no server is asked. */
const aToken = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.AAAA'

function vendorWith(method: VendorMethod): string {
  return vendors.find(({ description }) => description.methods.includes(method))!.description.id
}

/** The parameter that names whom to ask. */
function serverOf(parameters: readonly ParameterDescription[]): string {
  return parameters.some(({ name }) => name === 'issuer') ? 'issuer' : 'resource_url'
}
