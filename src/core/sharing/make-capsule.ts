import type { PersonalKind, SharedContents } from '../../contract/sharing.ts'
import { capsulePage } from './capsule-page.ts'
import { capsuleVersion, writeCapsuleData, type CapsuleData } from './capsule-data.ts'
import { maskForOthers, type SharedRuns } from './mask-for-others.ts'
import { pageHtml } from './page-html.ts'
import type { RecordedRun } from './read-runs.ts'
import { refuseSecrets } from './refuse-secrets.ts'
import { pageText } from './shared-page.ts'

/** What a capsule is made of. */
export interface CapsuleOrder {
  runs: readonly RecordedRun[]
  include: readonly PersonalKind[]
  note: string
  /** 32 random bytes, for this capsule alone */
  key: Uint8Array
  /** ISO time */
  madeAt: string
  /** version of this Grantlab */
  version: string
  /** clear values that must not stand in it */
  secrets: readonly string[]
}

/** A capsule as one HTML file. @throws ProblemError share-refused */
export function makeCapsule(order: CapsuleOrder): { contents: SharedContents; html: string } {
  const shared = maskForOthers(order.runs, order)
  const html = pageHtml(capsulePage(shared, order.madeAt), writeCapsuleData(dataOf(order, shared)))
  refuseSecrets(html, order.secrets)
  return { contents: { ...shared.contents, bytes: Buffer.byteLength(html) }, html }
}

/** What stands in such a capsule, as text: the page as it is read, then the data as it is kept. @throws ProblemError share-refused */
export function previewCapsule(order: CapsuleOrder): { contents: SharedContents; text: string } {
  const shared = maskForOthers(order.runs, order)
  const page = capsulePage(shared, order.madeAt)
  const data = dataOf(order, shared)
  const text = [pageText(page), 'Data for Grantlab', '', JSON.stringify(data, null, 1)].join('\n')
  refuseSecrets(text, order.secrets)
  const bytes = Buffer.byteLength(pageHtml(page, writeCapsuleData(data)))
  return { contents: { ...shared.contents, bytes }, text: bounded(text) }
}

/** A preview is read on a screen. */
const longestPreview = 1_000_000

function bounded(text: string): string {
  const rest = text.length - longestPreview
  return rest > 0 ? `${text.slice(0, longestPreview)}\n… ${rest} more characters` : text
}

function dataOf({ madeAt, version, include }: CapsuleOrder, { runs, note }: SharedRuns): CapsuleData {
  return {
    version: capsuleVersion,
    grantlab: version,
    madeAt,
    note,
    include: [...include],
    runs: runs.map(({ events, bodies, leftOut }) => ({ events, bodies: Object.fromEntries(bodies), leftOut })),
  }
}
