import type { FinishedTarget } from '../../../../contract/client-record.ts'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import type { Registration } from '../../../../contract/registration.ts'
import { problem } from '../../../problems/problem-error.ts'
import { deleteRegistration, rememberGone } from '../../../protocol/registration/delete-registration.ts'
import { managementOf } from '../../../protocol/registration/managed-registration.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { vendors } from '../../../vendors/index.ts'

/** Deletes what was registered from here, one after the other; what cannot be deleted stays with its reason. */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const entries = await chosen(context, parameters)
  return context.step('clean-up', async () => {
    const outcomes: FinishedTarget['outcome'][] = []
    const errors: unknown[] = []
    for (const entry of entries) {
      const { outcome, error } = await cleanUp(context, parameters, entry)
      outcomes.push(outcome)
      if (error !== undefined) errors.push(error)
    }
    const count = (wanted: FinishedTarget['outcome']) => outcomes.filter((one) => one === wanted).length
    if (errors.length > 0) throw entries.length === 1 ? errors[0] : partlyDone(errors.length, entries.length)
    return { deleted: count('done'), absent: count('absent') }
  })
}

/** @throws ProblemError parameter-missing, registration-not-found before anything is sent */
async function chosen(context: RunContext, { issuer, registrations, all }: ParameterValues): Promise<Registration[]> {
  const ids = registrations as string[] | undefined
  const own = (await context.registrations.list()).filter((one) => one.isOwn && one.issuer === issuer)
  if (all === true) return own.filter(({ state }) => state !== 'gone')
  if (!ids) {
    throw problem('parameter-missing', 'Nothing says what is to be deleted (registrations).', {
      whatToDo: ['Name registrations by their ids, or ask for all of them (all).'],
    })
  }
  const unknown = ids.filter((id) => !own.some((one) => one.id === id))
  if (unknown.length === 0) return own.filter(({ id }) => ids.includes(id))
  throw problem(
    'registration-not-found',
    `Nothing that was registered from here at ${String(issuer)} has the id ${unknown.slice(0, 10).join(', ')}.`,
    { whatToDo: ['List what was registered from here: grantlab registrations list'] },
  )
}

interface CleanedUp {
  outcome: FinishedTarget['outcome']
  error?: unknown
}

async function cleanUp(context: RunContext, parameters: ParameterValues, entry: Registration): Promise<CleanedUp> {
  const target = { target: entry.client_id || entry.id, title: entry.title }
  try {
    const outcome = await deleteOne(context, parameters, entry)
    await rememberGone(context, entry, outcome)
    context.finished({ ...target, outcome })
    return { outcome }
  } catch (error) {
    if (context.signal.aborted) throw error
    const found = context.told(error)
    const outcome = found.code === 'outcome-unknown' ? 'unknown' : 'failed'
    context.finished(
      { ...target, outcome },
      { problem: found, ...(found.exchange === undefined ? {} : { exchange: found.exchange }) },
    )
    return { outcome, error }
  }
}

async function deleteOne(
  context: RunContext,
  parameters: ParameterValues,
  entry: Registration,
): Promise<'done' | 'absent'> {
  if (entry.state === 'gone') return 'absent'
  if (entry.client_id === '') throw neverAnswered(entry)
  if (!entry.management) {
    const vendor = await vendors.find(({ description }) => description.id === entry.vendor)?.load()
    if (vendor?.deleteClient) return vendor.deleteClient({ context, parameters }, entry.client_id)
  }
  return deleteRegistration(context, await managementOf(context, entry))
}

function neverAnswered({ id, title }: Registration) {
  return problem('outcome-unknown', `Whether ${title} was registered nobody knows, so there is nothing to delete by.`, {
    whatToDo: [
      'Look at the server, and delete it there if it is there.',
      `Then forget it here: grantlab registrations forget ${id}`,
    ],
  })
}

function partlyDone(failed: number, all: number) {
  return problem('partly-done', `${failed} of ${all} could not be deleted; each says why.`, {
    whatToDo: ['Look at the reasons, and try again for those that are left.'],
  })
}
