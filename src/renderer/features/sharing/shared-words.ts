import type { SharedContents } from '../../../contract/sharing.ts'
import { formatCount } from '../../components/format/duration.ts'
import type { SharedForm } from '../../stores/sharing.ts'

/** What each form is, and what its button does. */
export const formWords: Record<SharedForm, { title: string; hint: string; action: string }> = {
  capsule: {
    title: 'File for anybody',
    hint: 'One HTML file. Any browser reads it, without a network; Grantlab opens it with all its findings.',
    action: 'Save the file',
  },
  ticket: {
    title: 'Text for a ticket',
    hint: 'At most 30 lines of Markdown: what happened, when, and by which request id the server knows it.',
    action: 'Copy the text',
  },
  har: {
    title: 'HAR',
    hint: 'The requests as HAR 1.2, for tools that read it. Findings and checks do not go along.',
    action: 'Save the HAR',
  },
}

const kinds: Record<Exclude<SharedForm, 'ticket'>, { ending: string; type: string }> = {
  capsule: { ending: 'html', type: 'text/html' },
  har: { ending: 'har', type: 'application/json' },
}

/** What the file is called when nobody says otherwise; nothing in it comes from a server. `number`: of the one run. */
export function sharedFile(
  form: Exclude<SharedForm, 'ticket'>,
  runs: { count: number; number?: number | undefined },
): { name: string; type: string } {
  const { ending, type } = kinds[form]
  const which = runs.count > 1 ? `${runs.count}-runs` : runs.number ? `run-${runs.number}` : 'run'
  return { name: `grantlab-${which}.${ending}`, type }
}

/** What a run is, in a few words. */
export function runWords({ outcome, exchanges, findings }: SharedContents['runs'][number]): string {
  return [outcome, formatCount(exchanges, 'request'), formatCount(findings, 'finding')].join(', ')
}

/** How the secrets stand. */
export function secretWords({ secrets }: SharedContents): string {
  if (secrets === 0) return 'There was no secret in it.'
  return `${formatCount(secrets, 'secret')}, each as a mark that tells equal ones apart in here and nowhere else. None can be read back.`
}
