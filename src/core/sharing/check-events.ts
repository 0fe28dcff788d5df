import type { RunEvent } from '../../contract/events.ts'
import type { Json } from '../../contract/json.ts'
import { capsuleInvalid } from './capsule-invalid.ts'
import { envelopeSchema, eventSchemas } from './event-schemas.ts'

/** Events of one run; a recorded one has some hundreds, and whoever looks at one goes through all of them for each. */
const mostEvents = 10_000
/** Steps within steps; recorded ones are three deep, and whatever draws them walks down by calling itself. */
const deepestStep = 30

/**
 * Events of a stranger's file as events: each of a known type and of its shape, counted from 1 without gaps, nothing after
 * the end of the run. @throws ProblemError capsule-invalid with the place of the first that is none
 */
export function checkEvents(values: readonly Json[], pointer: string): RunEvent[] {
  if (values.length === 0 || values.length > mostEvents) {
    throw capsuleInvalid(`A run has 1 to ${mostEvents} events.`, pointer)
  }
  const depths = new Map<string, number>()
  return values.map((value, index) => {
    const at = `${pointer}/${index}`
    const event = checkEvent(value, at)
    if (event.seq !== index + 1) throw capsuleInvalid(`Its events are not counted from 1.`, `${at}/seq`)
    const isLast = index === values.length - 1
    if ((event.type === 'run.finished' && !isLast) || (event.type === 'run.started' && index > 0)) {
      throw capsuleInvalid('A run begins once and ends once.', at)
    }
    if (event.type === 'step.started') checkStep(event, depths, at)
    return event
  })
}

/** SECURITY: a step that is its own ancestor would be drawn without end. */
function checkStep(
  { step, parent }: Extract<RunEvent, { type: 'step.started' }>,
  depths: Map<string, number>,
  pointer: string,
): void {
  const above = parent === null ? 0 : depths.get(parent)
  if (above === undefined || depths.has(step) || above >= deepestStep) {
    throw capsuleInvalid('A step begins once, within one that began, and not too deeply.', pointer)
  }
  depths.set(step, above + 1)
}

function checkEvent(value: Json, pointer: string): RunEvent {
  const envelope = envelopeSchema.safeParse(value)
  if (!envelope.success) throw capsuleInvalid('It holds what is no event.', pointer)
  const { type } = envelope.data
  if (!Object.hasOwn(eventSchemas, type))
    throw capsuleInvalid('It holds an event of a kind that is not known.', pointer)
  const event = eventSchemas[type as RunEvent['type']].safeParse(value)
  if (event.success) return event.data as unknown as RunEvent
  const path = event.error.issues[0]?.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
  throw capsuleInvalid(`An event ${type} has not the shape of one.`, `${pointer}${path?.join('') ?? ''}`)
}
