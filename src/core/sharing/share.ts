import type { Commands } from '../../contract/commands.ts'
import { personalKinds, type PersonalKind } from '../../contract/sharing.ts'
import type { CommandContext } from '../commands/command.ts'
import { problem } from '../problems/problem-error.ts'
import { makeCapsule, previewCapsule, type CapsuleOrder } from './make-capsule.ts'
import { makeHar } from './make-har.ts'
import { makeTicket } from './make-ticket.ts'
import { maskForOthers } from './mask-for-others.ts'
import { openCapsule } from './open-capsule.ts'
import { openHar } from './open-har.ts'
import { readRuns } from './read-runs.ts'
import { clearValuesOf, refuseSecrets } from './refuse-secrets.ts'
import { writeSharedFile } from './write-shared-file.ts'

type Parameters<K extends keyof Commands> = Commands[K]['parameters']
type Result<K extends keyof Commands> = Promise<Commands[K]['result']>

/** Makes a capsule. @throws ProblemError run-not-found, run-running, share-refused, file-invalid */
export async function makeCapsuleFile(
  context: CommandContext,
  { file, replace = false, ...order }: Parameters<'capsule make'>,
): Result<'capsule make'> {
  const { contents, html } = makeCapsule(await orderOf(context, order))
  if (file === undefined) return { contents, html }
  return { contents, file: await write(context, { file, text: html, replace }) }
}

/** What a capsule would hold. @throws ProblemError run-not-found, run-running, share-refused */
export async function preview(
  context: CommandContext,
  parameters: Parameters<'capsule preview'>,
): Result<'capsule preview'> {
  return previewCapsule(await orderOf(context, parameters))
}

/** Opens a capsule. @throws ProblemError capsule-invalid, file-newer */
export async function openCapsuleText(
  context: CommandContext,
  { text, name = '' }: Parameters<'capsule open'>,
): Result<'capsule open'> {
  const opened = openCapsule({ text, name: baseName(name), newId: () => newId(context) })
  for (const run of opened) context.runs.open(run)
  return { runIds: opened.map(({ runId }) => runId) }
}

/** What to say of a run in a ticket. @throws ProblemError run-not-found, run-running, share-refused */
export async function ticket(context: CommandContext, parameters: Parameters<'share ticket'>): Result<'share ticket'> {
  const { runs, include, key, secrets } = await orderOf(context, {
    run_ids: [parameters.run_id],
    include: parameters.include,
  })
  const [shared] = maskForOthers(runs, { include, key }).runs
  const markdown = makeTicket(shared!)
  refuseSecrets(markdown, secrets)
  return { markdown }
}

/** Makes a HAR. @throws ProblemError run-not-found, run-running, share-refused, file-invalid */
export async function makeHarFile(
  context: CommandContext,
  { file, replace = false, ...parameters }: Parameters<'har make'>,
): Result<'har make'> {
  const { runs, include, key, secrets } = await orderOf(context, parameters)
  const shared = maskForOthers(runs, { include, key })
  const text = `${JSON.stringify(makeHar(shared.runs, context.ports.version), null, 2)}\n`
  refuseSecrets(text, secrets)
  const contents = { ...shared.contents, bytes: Buffer.byteLength(text) }
  return file === undefined ? { contents, text } : { contents, file: await write(context, { file, text, replace }) }
}

/** Opens a HAR. @throws ProblemError file-invalid, nothing-recognised */
export async function openHarText(
  context: CommandContext,
  { text, name = '' }: Parameters<'har open'>,
): Result<'har open'> {
  const { run, problems } = openHar({
    text,
    name: baseName(name),
    newId: () => newId(context),
    key: await context.fingerprintKey(),
    onSecret: (fingerprint, clear) => context.clearValues.keep(fingerprint, clear),
    version: context.ports.version,
  })
  context.runs.open(run)
  return { runIds: [run.runId], problems }
}

interface SharedParameters {
  run_ids: string[]
  include?: PersonalKind[] | undefined
  note?: string | undefined
}

async function orderOf(
  context: CommandContext,
  { run_ids, include = [], note = '' }: SharedParameters,
): Promise<CapsuleOrder> {
  const unknown = include.find((kind) => !Object.hasOwn(personalKinds, kind))
  if (unknown !== undefined) {
    const known = Object.keys(personalKinds).join(', ')
    throw problem('parameter-invalid', `There is no kind ${unknown} of personal data (include). There are: ${known}.`)
  }
  const { ports, runs: reader } = context
  const runs = await readRuns(reader, run_ids)
  return {
    runs,
    include,
    // SECURITY: somebody may paste a token into it.
    note: await context.mask(note),
    key: ports.random.bytes(32),
    madeAt: new Date(ports.clock.now()).toISOString(),
    version: ports.version,
    secrets: await clearValuesOf(context, runs),
  }
}

function write({ ports }: CommandContext, order: { file: string; text: string; replace: boolean }): Promise<string> {
  return writeSharedFile({ ...order, workingFolder: ports.workingFolder })
}

function newId({ ports }: CommandContext): string {
  return Buffer.from(ports.random.bytes(8)).toString('hex')
}

/** A folder of somebody's machine says who they are. */
function baseName(name: string): string {
  return name.split(/[\\/]/).at(-1) ?? ''
}
