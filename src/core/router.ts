import { eventIterator, ORPCError, os, type, ValidationError } from '@orpc/server'
import { z } from 'zod'
import type { Commands } from '../contract/commands.ts'
import type { ParameterDescription, ParameterValues } from '../contract/description.ts'
import type { BodySlice, Engine, EngineDescription, StartRun } from '../contract/engine.ts'
import type { RunEvent } from '../contract/events.ts'
import { problemOf, type Problem } from '../contract/problem.ts'
import { problem, ProblemError } from './problems/problem-error.ts'
import { givenValues, parametersSchema } from './schema/parameter-schema.ts'

/** What the router tells its host. */
export interface RouterOptions {
  /** gets every error that is not a problem; its text may hold secrets and never crosses the wire */
  log: (error: unknown) => void
}

/** The engine as a router of procedures, for any transport; clients see it as `EngineWire`. */
export type EngineRouter = ReturnType<typeof createEngineRouter>

/** Bounds what one call may carry; texts longer than this are no parameters. */
const longestText = 256 * 1024

const id = z.string().min(1).max(200)
const values = z.record(z.string().max(200), z.json().optional()) as unknown as z.ZodType<ParameterValues>
const run = z.strictObject({ runId: id })

const inputs = {
  start: z.strictObject({
    operation: id,
    profile: id.optional(),
    parameters: values,
    confirm: z.string().max(200).optional(),
    allowSecrets: z.boolean().optional(),
    holdBefore: z.array(id).max(50).optional(),
  }) as z.ZodType<StartRun>,
  events: run.extend({ after: z.int().min(0).optional() }),
  resume: run.extend({ all: z.boolean().optional() }),
  answer: run.extend({ wait: id, text: z.string().max(longestText), kind: z.enum(['response', 'browser-error']) }),
  body: run.extend({ body: id, offset: z.int().min(0), length: z.int().min(1).max(longestText) }),
  reveal: z.strictObject({ fingerprint: id }),
  command: z.strictObject({ id, parameters: values }),
}

/**
 * The same contract as `Engine`, over a wire. Every input is parsed; a problem arrives at the client as the defined
 * error `PROBLEM` with the Problem as `data`, anything else as an `internal` problem without its text.
 */
export function createEngineRouter(engine: Engine, options: RouterOptions) {
  const base = os.errors({ PROBLEM: { status: 422, data: type<Problem>() } }).use(async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      throw toWireError(error, options)
    }
  })
  const describe = onlyOnce(() => engine.describe())
  const check = checkerOf(describe)

  return {
    describe: base.output(type<EngineDescription>()).handler(() => engine.describe()),
    runs: {
      start: base.input(inputs.start).handler(async ({ input }) => {
        await check('operations', input.operation, input.parameters)
        return engine.startRun(input)
      }),
      events: base
        .input(inputs.events)
        .output(eventIterator(type<RunEvent>()))
        .handler(async function* ({ input, signal }) {
          try {
            yield* engine.runEvents(input, signal ? { signal } : {})
          } catch (error) {
            throw toWireError(error, options)
          }
        }),
      cancel: base.input(run).handler(({ input }) => engine.cancelRun(input)),
      resume: base.input(inputs.resume).handler(({ input }) => engine.resumeRun(input)),
      answer: base.input(inputs.answer).handler(({ input }) => engine.answerWait(input)),
      body: base
        .input(inputs.body)
        .output(type<BodySlice>())
        .handler(({ input }) => engine.readBody(input)),
    },
    secrets: { reveal: base.input(inputs.reveal).handler(({ input }) => engine.reveal(input)) },
    commands: {
      run: base.input(inputs.command).handler(async ({ input }): Promise<unknown> => {
        await check('commands', input.id, input.parameters)
        return engine.runCommand(input.id as keyof Commands, input.parameters)
      }),
    },
  }
}

type Check = (list: 'operations' | 'commands', id: string, parameters: ParameterValues) => Promise<void>

/** Checks the shape of parameters against the description they belong to; an unknown id is left to the engine. */
function checkerOf(describe: () => Promise<EngineDescription>): Check {
  const schemas = new Map<readonly ParameterDescription[], z.ZodType<ParameterValues>>()
  const schemaOf = (descriptions: readonly ParameterDescription[]) => {
    const schema = schemas.get(descriptions) ?? parametersSchema(descriptions)
    schemas.set(descriptions, schema)
    return schema
  }
  return async (list, wanted, parameters) => {
    const description = (await describe())[list].find((entry) => entry.id === wanted)
    if (!description) return
    const parsed = schemaOf(description.parameters).safeParse(givenValues(parameters))
    if (!parsed.success) throw new ProblemError(invalidInput(parsed.error.issues, '/parameters'))
  }
}

function toWireError(error: unknown, { log }: RouterOptions): ORPCError<'PROBLEM', Problem> {
  if (error instanceof ORPCError && error.code === 'PROBLEM') return error as ORPCError<'PROBLEM', Problem>
  const data = wireProblemOf(error)
  if (data.code === 'internal' && !(error instanceof ProblemError)) log(error)
  return new ORPCError('PROBLEM', { defined: true, status: 422, message: `${data.title}: ${data.detail}`, data })
}

function wireProblemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  const cause = error instanceof ORPCError ? error.cause : undefined
  if (cause instanceof ValidationError) return invalidInput(cause.issues, '')
  return problem('internal', 'The engine met an error it does not know.', {
    whatToDo: ['Look at the output of the program that opened this page, and please report it.'],
  }).problem
}

type Issues = readonly { message: string; path?: readonly unknown[] | undefined }[]

/** Names the first place that does not fit. SECURITY: values are never quoted, one of them may be a secret. */
function invalidInput(issues: Issues, root: string): Problem {
  const [first] = issues
  const pointer = root + (first?.path ?? []).map((part) => `/${String(part)}`).join('')
  return problemOf('parameter-invalid', `${pointer || 'The input'}: ${first?.message ?? 'does not fit'}.`, {
    place: { pointer },
  })
}

/** A promise made at the first call; a failed one is tried again. */
function onlyOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}
