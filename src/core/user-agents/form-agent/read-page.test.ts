import { describe, expect, it } from 'vitest'
import { buildSubmission } from './build-submission.ts'
import { decodePage } from './decode-page.ts'
import { readPage } from './read-page.ts'

const read = (html: string, headers: Record<string, string> = {}) =>
  readPage({ url: new URL('https://as.example/a/login?x=1'), status: 200, html, headers: new Headers(headers) })

const send = async (html: string, press = 0) => {
  const page = read(html)
  const form = page.forms[0]!
  const submit = form.controls.filter(({ kind }) => kind === 'submit' || kind === 'image')[press]
  return buildSubmission(page, { form, submit })
}

describe('readPage', () => {
  it('reads title, words and alerts as plain, bounded text', () => {
    const page = read(
      `<title> A &amp; B\n</title><body>Hi<style>p{}</style><script>no()</script> <p hidden>secret</p><p style="display: none">gone</p>
       <p class="has-error">Wrong &lt;name&gt;\u202e</p><div role=alert>${'x'.repeat(900)}</div><input class="error" value="v"></body>`,
    )
    expect(page.title).toBe('A & B')
    expect(page.text).toMatch(/^Hi Wrong <name> x+$/)
    expect(page.alerts[0]).toBe('Wrong <name>')
    expect(page.alerts[1]).toHaveLength(301)
    expect(page.alerts).toHaveLength(2)
  })

  it('gives forms between table tags the controls that follow', () => {
    const page = read(
      '<table><form action="/in" method="POST"><tr><td><input name="user"><input type="password" name="pw"></td></tr></form></table>',
    )
    expect(page.forms[0]?.controls.map(({ name }) => name)).toEqual(['user', 'pw'])
  })

  it('gives forms the controls that name them, and no others', () => {
    const page = read(
      '<input name="a" form="f"><form id="f"><input name="b"></form><input name="c" form="other"><input name="d">',
    )
    expect(page.forms[0]?.controls.map(({ name }) => name)).toEqual(['b', 'a'])
  })

  it('resolves against the base element', () => {
    expect(read('<base href="/b/"><meta http-equiv="refresh" content="0;url=c">').refresh?.url).toBe(
      'https://as.example/b/c',
    )
  })

  it.each([
    ['0; url=/next', 'https://as.example/next'],
    ["3;URL='/next' ", 'https://as.example/next'],
    ['0,https://x.example/', 'https://x.example/'],
    ['1.5; url="n?a=b"; x', 'https://as.example/a/n?a=b'],
    ['30', undefined],
    ['0; url=', undefined],
    ['soon; url=/next', undefined],
  ])('reads the refresh %j', (content, url) => {
    expect(read('', { refresh: content }).refresh?.url).toBe(url)
  })

  it('takes the referrer policy from the page, else from the header', () => {
    expect(read('<meta name="referrer" content="No-Referrer">', { 'referrer-policy': 'origin' }).referrerPolicy).toBe(
      'no-referrer',
    )
    expect(read('', { 'referrer-policy': 'no-referrer, same-origin' }).referrerPolicy).toBe('same-origin')
  })

  it.each([
    ['deep nesting', '<div class="error">'.repeat(40_000)],
    ['many forms', '<form><input name=a></form>'.repeat(30_000)],
    ['many named controls', `${'<form id=a></form>'.repeat(20_000)}${'<input form=b>'.repeat(20_000)}`],
    ['nested buttons', '<form><button><table><td>'.repeat(20_000)],
  ])('survives %s', (_what, html) => {
    expect(read(html).forms.length).toBeLessThanOrEqual(100)
  })
})

describe('buildSubmission', () => {
  it('sends what a browser sends, in order', async () => {
    const sent =
      await send(`<form method="post" action="in#x"><input name="t" value="1"><input name="t" value="2"><input value="nameless">
      <input type="checkbox" name="c1" checked><input type="checkbox" name="c2" value="no"><input type="checkbox" name="terms" required>
      <input type="radio" name="r" value="a"><input type="radio" name="r" value="b" checked><input name="off" disabled value="x">
      <fieldset disabled><input name="off2" value="x"></fieldset><input type="file" name="f"><input type="reset" name="x"><button type="button" name="y">
      </button><select name="s"><option value="1">One<optgroup><option selected>Two</optgroup></select><select name="s2"><option>First</select>
      <textarea name="ta">
two lines</textarea><input type="image" name="img"><button name="b" value="v">Go</button></form>`)
    expect(sent?.url.href).toBe('https://as.example/a/in')
    expect(sent?.parameters).toEqual([
      ['t', '1'],
      ['t', '2'],
      ['c1', 'on'],
      ['terms', 'on'],
      ['r', 'b'],
      ['s', 'Two'],
      ['s2', 'First'],
      ['ta', 'two lines'],
      ['img.x', '0'],
      ['img.y', '0'],
    ])
  })

  it('goes to the page itself without an action, by GET with a new query', async () => {
    const sent = await send('<form action><input name="q" value="a b"><button name="go">x</button></form>')
    expect(sent).toMatchObject({ method: 'GET' })
    expect(sent?.url.href).toBe('https://as.example/a/login?q=a+b&go=')
    expect(sent?.body).toBeUndefined()
  })

  it('lets the button name another action and method', async () => {
    const sent = await send(
      '<form action="/x"><button formaction="/deny" formmethod="POST" name="n">No</button></form>',
    )
    expect(sent).toMatchObject({ method: 'POST', body: 'n=', contentType: 'application/x-www-form-urlencoded' })
    expect(sent?.url.pathname).toBe('/deny')
  })

  it('sends multipart where the form says so', async () => {
    const sent = await send('<form method="post" enctype="multipart/form-data"><input name="a" value="ü"></form>')
    const back = await new Response(new Uint8Array(sent?.body as Uint8Array), {
      headers: { 'content-type': sent?.contentType ?? '' },
    }).formData()
    expect([...back]).toEqual([['a', 'ü']])
  })
})

describe('decodePage', () => {
  it.each([
    ['header', 'text/html; charset=ISO-8859-1', ''],
    ['meta element', 'text/html', '<meta charset="windows-1252">'],
    ['old meta element', 'text/html', '<meta http-equiv="Content-Type" content="text/html; charset=latin1">'],
  ])('takes the encoding from the %s', (_what, contentType, meta) => {
    expect(decodePage(Buffer.from(`${meta}ü`, 'latin1'), contentType)).toBe(`${meta}ü`)
  })

  it('takes UTF-8 otherwise, also for names nobody knows', () => {
    expect(decodePage(Buffer.from('ü'), 'text/html')).toBe('ü')
    expect(decodePage(Buffer.from('\ufeffü'), 'text/html; charset=klingon')).toBe('ü')
  })
})
