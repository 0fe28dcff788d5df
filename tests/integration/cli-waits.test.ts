import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCliBench, problemLineIn, reportIn, type CliBench } from '../support/cli-bench.ts'
import { runCli } from '../support/run-cli.ts'
import { startCli } from '../support/start-cli.ts'

let bench: CliBench
beforeAll(async () => {
  bench = await createCliBench()
})
afterAll(() => bench.close())

/** What a server would answer to the authorization request at this address. */
function answerTo(address: string, parameters: Record<string, string>): string {
  const request = new URL(address).searchParams
  const redirect = new URL(request.get('redirect_uri') ?? '')
  for (const [name, value] of Object.entries({ ...parameters, state: request.get('state') ?? '' })) {
    redirect.searchParams.set(name, value)
  }
  return redirect.href
}

describe('somebody outside signs in', () => {
  const paste = () => ['authorization-code', ...bench.signIn, '--agent', 'paste', '--json', ...bench.folders]

  it('without anybody there the paste agent gives up, and says how to go on', async () => {
    const result = await runCli(paste())
    expect(result.exitCode).toBe(3)
    expect(reportIn(result)).toMatchObject({ outcome: 'needs-person', problem: { code: 'needs-person' } })
    const [, address = ''] = /^Open: (\S+)$/m.exec(result.stderr) ?? []
    expect(address.startsWith(bench.issuer)).toBe(true)
    expect(reportIn(result).problem?.whatToDo?.[0]).toContain(address)
  })

  it('takes the answer from stdin, after what made no sense', async () => {
    const cli = startCli(paste())
    const [, address = ''] = await cli.shows(/^Open: (\S+)\n/m)
    cli.child.stdin.write('\nhttp://127.0.0.1/nothing-in-it\n')
    cli.child.stdin.write(`${answerTo(address, { error: 'access_denied', iss: bench.issuer })}\n`)
    const result = await cli.ended
    expect(result.exitCode).toBe(1)
    expect(reportIn(result).problem).toMatchObject({ code: 'authorization-refused', oauth: { error: 'access_denied' } })
  })

  it('says what was wrong when nothing on stdin made sense', async () => {
    const result = await runCli(paste(), { input: 'http://127.0.0.1/nothing-in-it\n' })
    expect(result.exitCode).toBe(1)
    expect(reportIn(result)).toMatchObject({ outcome: 'failed', problem: { code: 'authorization-response-invalid' } })
  })

  it("takes the text of the browser's error page", async () => {
    const result = await runCli(paste(), { input: 'Error 400: redirect_uri_mismatch\n' })
    expect(result.exitCode).toBe(1)
    expect(reportIn(result).problem).toMatchObject({ code: 'browser-error' })
  })

  it('opens the program named in BROWSER and hears the answer at the redirect URI', async () => {
    const browser = join(bench.folder, 'browser.mjs')
    const script = `#!${process.execPath}
      const request = new URL(process.argv[2]).searchParams
      const redirect = new URL(request.get('redirect_uri'))
      redirect.search = new URLSearchParams({
        error: 'access_denied', state: request.get('state'), iss: ${JSON.stringify(bench.issuer)} })
      await fetch(redirect)`
    await writeFile(browser, script)
    await chmod(browser, 0o700)
    const args = ['authorization-code', ...bench.signIn, '--agent', 'system', '--json', ...bench.folders]
    const result = await runCli(args, { environment: { BROWSER: browser } })
    expect(result.stderr).toMatch(/^Open: http/m)
    expect(result.exitCode).toBe(1)
    expect(reportIn(result).problem).toMatchObject({ code: 'authorization-refused' })
  })

  it('is an environment problem where there is neither a browser nor a person', async () => {
    const args = ['authorization-code', ...bench.signIn, '--agent', 'system', '--json', ...bench.folders]
    const result = await runCli(args, { environment: { BROWSER: '/nonexistent/browser' } })
    expect(result.exitCode).toBe(4)
    expect(problemLineIn(result)).toMatchObject({ code: 'browser-not-opened' })
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('%s cancels the run and ends with 130', async (signal) => {
    const cli = startCli(paste())
    await cli.shows(/^Open: /m)
    cli.child.kill(signal)
    const result = await cli.ended
    expect(result.exitCode).toBe(130)
    expect(reportIn(result)).toMatchObject({ outcome: 'cancelled', problem: { code: 'cancelled' } })
  })
})
