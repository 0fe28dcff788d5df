import { protocol, type Session } from 'electron'
import { answerPageFile } from '../../src/page/page-answer.ts'
import { listPageFiles } from '../../src/page/page-files.ts'
import { pageHeaders } from '../../src/page/page-headers.ts'
import { isPageAddress, pageScheme } from './page-address.ts'

/** Makes `app://` an origin of its own, as https is; Electron wants to know before it is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/**
 * Serves the built window at `app://grantlab/`.
 * @throws the file system's error when the window was not built
 */
export async function servePage(session: Session, folder: URL): Promise<void> {
  const files = await listPageFiles(folder)
  session.protocol.handle(pageScheme, async ({ url, method }) => {
    const file = isPageAddress(url) && method === 'GET' ? files.get(new URL(url).pathname) : undefined
    if (!file) return new Response(null, { status: 404, headers: pageHeaders() })
    const { headers, body } = await answerPageFile(file)
    return new Response(body, { headers })
  })
}
