import { personalKinds, type SharedContents } from '../../contract/sharing.ts'
import type { SharedRuns } from './mask-for-others.ts'
import { runPage, utc } from './run-page.ts'
import { facts, present, section, type PageBlock, type SharedPage } from './shared-page.ts'

/** The page of a capsule: what it is, what stands in it, then each run. */
export function capsulePage({ runs, contents, note }: SharedRuns, madeAt: string): SharedPage {
  const title = runs.length === 1 ? `${runs[0]!.run.title} · Grantlab` : `${runs.length} runs · Grantlab`
  return {
    title,
    blocks: present([
      {
        kind: 'words',
        text: `Made ${utc(madeAt)}. No secret stands in this file: ●●●● is a masked value, and equal marks mean equal values within this file alone. Open it in Grantlab to look at the runs there.`,
      },
      note === '' ? undefined : section('Note', [{ kind: 'words', text: note }]),
      ...runs.map(runPage),
      section('What stands in this file', contentsBlocks(contents)),
    ]),
  }
}

function contentsBlocks(contents: SharedRuns['contents'] | SharedContents): (PageBlock | undefined)[] {
  const { secrets, personal, hosts, leftOut } = contents
  return [
    facts([
      ['Masked secrets', String(secrets)],
      ...personal.map(({ kind, found, isMasked }): [string, string] => [
        personalKinds[kind],
        found === 0 ? 'none found' : `${found}, ${isMasked ? 'masked' : 'in clear'}`,
      ]),
      ['Hosts in clear', hosts.join(', ')],
      ['Left out', leftOut.map(({ what, why }) => `${what}: ${why}`).join('\n')],
    ]),
    {
      kind: 'words',
      text: 'Personal data is found by the names of members, parameters and headers, by the shape of mail addresses, and then wherever the same value stands. What somebody typed as free text may tell more: read it before you hand it on.',
    },
  ]
}
