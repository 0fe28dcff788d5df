import { parseArgs } from 'node:util'

/** What Grantlab was started with; the same flags as every host. */
export interface DesktopArguments {
  dataDir?: string | undefined
  workspace?: string | undefined
  secrets?: string[] | undefined
  environmentFile?: string | undefined
  /** flags that are none of ours */
  others: string[]
}

const options = {
  'data-dir': { type: 'string' },
  workspace: { type: 'string' },
  secret: { type: 'string', multiple: true },
  'env-file': { type: 'string' },
} as const

/** Reads our flags. Others are left to Chromium, which has hundreds, and listed, since one of them may be a typing error. */
export function readDesktopArguments(args: readonly string[]): DesktopArguments {
  const { values, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    dataDir: text(values['data-dir']),
    workspace: text(values.workspace),
    secrets: values.secret?.filter((value) => typeof value === 'string'),
    environmentFile: text(values['env-file']),
    others: tokens.flatMap((token) => (token.kind === 'option' && !(token.name in options) ? [token.rawName] : [])),
  }
}
