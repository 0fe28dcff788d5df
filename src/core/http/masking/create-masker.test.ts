import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { everyEncoding } from '../../../../tests/support/every-encoding.ts'
import { createMasker } from './create-masker.ts'

const key = new Uint8Array(32).fill(7)
const fingerprint = (value: string) => createHmac('sha256', key).update(value).digest('hex').slice(0, 32)
const mask = (value: string) => `●●●● #${fingerprint(value)}`
const dots = '●●●●'
const token = 'tok_9f8e7d6c5b4a-XYZ.123~ab'
const secret = 's3cr3t/+=&?"<\'>%é value'

function masker() {
  const seen = new Map<string, string>()
  return { ...createMasker({ key, onSecret: (print, clear) => void seen.set(print, clear) }), seen }
}

describe('by position', () => {
  it.each([
    ['client_id=me&client_secret=short&scope=a', `client_id=me&client_secret=${mask('short')}&scope=a`],
    [`code=${token}&code_challenge=abcdefghijkl`, `code=${mask(token)}&code_challenge=abcdefghijkl`],
    ['client%5Fsecret=short', `client%5Fsecret=${mask('short')}`],
    ['client_secret=a%20b%2Bc', `client_secret=${mask('a b+c')}`],
    ['username=al&password=pa(ss),w;!', `username=al&password=${dots}`],
    ['otp=1234&code=1234567', `otp=${dots}&code=1234567`],
    [`grant_type=refresh_token&refresh_token=${token}`, `grant_type=refresh_token&refresh_token=${mask(token)}`],
    ['password=&client_secret=', 'password=&client_secret='],
    ['user%5Bpassword%5D=hunter', `user%5Bpassword%5D=${dots}`],
  ])('form: %s', (text, expected) => {
    expect(masker().maskBody(text, 'application/x-www-form-urlencoded')).toBe(expected)
  })

  it.each([
    [`https://a.test/cb?code=${token}&state=xyz`, `https://a.test/cb?code=${mask(token)}&state=xyz`],
    [
      `https://a.test/cb#access_token=${token}&token_type=Bearer`,
      `https://a.test/cb#access_token=${mask(token)}&token_type=Bearer`,
    ],
    [`https://a.test/#/cb?access_token=${token}`, `https://a.test/#/cb?access_token=${mask(token)}`],
    [`https://a.test/end?id_token_hint=${token}`, `https://a.test/end?id_token_hint=${mask(token)}`],
    ['https://me:hunter2@a.test/x', `https://me:${dots}@a.test/x`],
    [
      `https://a.test/?next=${encodeURIComponent(`https://b.test/cb?code=${token}&x=1`)}&y=2`,
      `https://a.test/?next=https%3A%2F%2Fb.test%2Fcb%3Fcode%3D${mask(token)}%26x%3D1&y=2`,
    ],
    ['https://a.test/?error=access_denied&code=short', 'https://a.test/?error=access_denied&code=short'],
    ['/relative?client_secret=abc', `/relative?client_secret=${mask('abc')}`],
  ])('address: %s', (url, expected) => {
    expect(masker().maskUrl(url)).toBe(expected)
  })

  it.each([
    [`{"access_token":"${token}","token_type":"Bearer"}`, `{"access_token":"${mask(token)}","token_type":"Bearer"}`],
    [`{ "a" : [ { "refresh_token" : "${token}" } ] }`, `{ "a" : [ { "refresh_token" : "${mask(token)}" } ] }`],
    [`{"accessToken":"${token}"}`, `{"accessToken":"${mask(token)}"}`],
    ['{"secret":"correcthorse"}', `{"secret":"${mask('correcthorse')}"}`],
    ['{"secret":"short","secrets":"correcthorse"}', '{"secret":"short","secrets":"correcthorse"}'],
    [`{"id_token":"${token}`, `{"id_token":"${mask(token)}`],
    [`{"broken":,"id_token":"${token}"`, `{"broken":,"id_token":"${mask(token)}"`],
    ['{"client_secret":"a\\"b\\u0026c"}', `{"client_secret":"${mask('a"b&c')}"}`],
    ['{"client\\u005fsecret":"abc"}', `{"client\\u005fsecret":"${mask('abc')}"}`],
    [
      `{"body":"{\\"access_token\\":\\"${token}\\",\\"n\\":1}"}`,
      `{"body":"{\\"access_token\\":\\"${mask(token)}\\",\\"n\\":1}"}`,
    ],
    ['{"password":["one","two"],"n":1}', `{"password":["${dots}","${dots}"],"n":1}`],
    ['{"otp":123456,"n":1}', `{"otp":"${dots}","n":1}`],
    ['{"errors":[{"code":"10005","title":"x"}]}', '{"errors":[{"code":"10005","title":"x"}]}'],
    ['{"error":{"code":"invalid_api_key"}}', '{"error":{"code":"invalid_api_key"}}'],
    ['{"code":100050000}', '{"code":100050000}'],
    [`{"code":"${token}"}`, `{"code":"${mask(token)}"}`],
    [`{"headers":{"Authorization":"Bearer ${token}"}}`, `{"headers":{"Authorization":"Bearer ${mask(token)}"}}`],
  ])('JSON: %s', (text, expected) => {
    expect(masker().maskBody(text, 'application/json')).toBe(expected)
  })

  it.each([
    [`<input type="hidden" name="code" value="${token}">`, `<input type="hidden" name="code" value="${mask(token)}">`],
    [`<input value='${token}' id=x name='code'/>`, `<input value='${mask(token)}' id=x name='code'/>`],
    [`<input value=${token} name=access_token>`, `<input value=${mask(token)} name=access_token>`],
    ['<input type=password name=pw value="abc">', `<input type=password name=pw value="${dots}">`],
    [
      '<input name="code" value=""><input name="x" value="visible123">',
      '<input name="code" value=""><input name="x" value="visible123">',
    ],
    ['<input name="client_secret" value="a&amp;b&#x27;c">', `<input name="client_secret" value="${mask("a&b'c")}">`],
    [`<a href="/cb?x=1&amp;code=${token}&amp;state=s">`, `<a href="/cb?x=1&amp;code=${mask(token)}&amp;state=s">`],
    [
      `<script>go("/cb?code=${token}\\u0026state=s")</script>`,
      `<script>go("/cb?code=${mask(token)}\\u0026state=s")</script>`,
    ],
    [`<script>var t={access_token:'${token}'}</script>`, `<script>var t={access_token:'${mask(token)}'}</script>`],
    [`<script>var access_token="${token}";</script>`, `<script>var access_token="${mask(token)}";</script>`],
    [
      `<meta http-equiv=refresh content="0;url=/cb?code=${token}">`,
      `<meta http-equiv=refresh content="0;url=/cb?code=${mask(token)}">`,
    ],
  ])('HTML: %s', (text, expected) => {
    expect(masker().maskBody(text, 'text/html')).toBe(expected)
  })

  it.each([
    '<script>password=document.getElementById("password").value;token=e.target.value</script>',
    '<label for="password">Password</label><input type="password" name="password">',
    'The parameter code=VALUE is missing. Use grant_type=authorization_code.',
    'WWW: Bearer error="invalid_token", resource_metadata="https://a.test"',
    'Basic authentication is not Basic Authentication/Authorization',
    '{"token_type":"Bearer","token_endpoint":"https://a.test/token","code_challenge_methods_supported":["S256"]}',
    '{"constructor":"abcdefgh1","__proto__":"abcdefgh1"}',
  ])('leaves alone: %s', (text) => {
    expect(masker().maskBody(text, 'text/html')).toBe(text)
  })

  it('a long page of prose and script is not touched', () => {
    const page = '<p>Sign in</p><script>if(code===1){otp=f(x);pwd=(a,b)}</script>'
    expect(masker().maskBody(page, 'text/html')).toBe(page)
  })
})

describe('headers', () => {
  const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

  it.each([
    ['Authorization', `Bearer ${token}`, `Bearer ${mask(token)}`],
    ['authorization', `DPoP  ${token}`, `DPoP  ${mask(token)}`],
    ['Authorization', basic('me', 'hunter22'), `Basic ${mask('hunter22')}`],
    ['Authorization', basic('a%3Ab', 'p%26q%2B+r'), `Basic ${mask('p&q+ r')}`],
    ['Authorization', 'Basic !!not base64', `Basic ${mask('!!not base64')}`],
    ['Authorization', token, mask(token)],
    ['Proxy-Authorization', basic('me', 'hunter22'), `Basic ${dots}`],
    ['Cookie', 'sid=abc; theme="dark"; flag', `sid=${mask('abc')}; theme=${mask('dark')}; flag`],
    ['Set-Cookie', 'sid=abc=d; Path=/; HttpOnly', `sid=${mask('abc=d')}; Path=/; HttpOnly`],
    ['set-cookie', 'sid=; Max-Age=0', 'sid=; Max-Age=0'],
    ['Location', `/cb?code=${token}&state=s`, `/cb?code=${mask(token)}&state=s`],
    ['Refresh', `0; url=/cb?code=${token}`, `0; url=/cb?code=${mask(token)}`],
    ['Referer', `https://a.test/?access_token=${token}`, `https://a.test/?access_token=${mask(token)}`],
    ['X-Api-Key', 'KEY0123456789', mask('KEY0123456789')],
    ['DPoP', 'eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiIxIn0.c2ln', 'eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiIxIn0.c2ln'],
    ['Content-Type', 'application/json', 'application/json'],
    ['WWW-Authenticate', 'Bearer realm="x", error="invalid_token"', 'Bearer realm="x", error="invalid_token"'],
  ])('%s: %s', (name, value, expected) => {
    expect(masker().maskHeaders([[name, value]])).toEqual([[name, expected]])
  })

  it('gives equal secrets equal fingerprints, in Basic, form and JSON', () => {
    const own = masker()
    const clear = 'a b+c&d/e'
    const form = encodeURIComponent(clear).replaceAll('%20', '+')
    const texts = [
      own.maskHeaders([['Authorization', basic('me', form)]])[0]![1],
      own.maskBody(`client_secret=${form}`, 'application/x-www-form-urlencoded'),
      own.maskBody(JSON.stringify({ client_secret: clear }), 'application/json'),
    ]
    for (const text of texts) expect(text).toContain(mask(clear))
    expect([...own.seen]).toEqual([[fingerprint(clear), clear]])
  })
})

describe('by value', () => {
  const variants: Record<string, string> = {
    ...everyEncoding(secret),
    twice: encodeURIComponent(encodeURIComponent(secret)),
    formLower: new URLSearchParams({ v: secret }).toString().slice(2).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    strict: encodeURIComponent(secret).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
    jsonTwice: JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    jsonUnicode: secret.replace(/[^a-z0-9]/gi, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
    jsonSlash: JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
    htmlDecimal: secret.replace(/[^a-z0-9 ]/gi, (char) => `&#${char.charCodeAt(0)};`),
    htmlHex: secret.replace(/[^a-z0-9 ]/gi, (char) => `&#x${char.charCodeAt(0).toString(16)};`),
    htmlAll: secret.replace(/[^a-z0-9]/gi, (char) => `&#X${char.charCodeAt(0).toString(16).toUpperCase()};`),
    htmlNamed: secret
      .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;').replaceAll('+', '&plus;').replaceAll('/', '&sol;').replaceAll('=', '&equals;'),
    ejs: secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
    percentInHtml: encodeURIComponent(secret).replaceAll("'", '&#39;'),
    script: secret.replace(/[^a-z0-9]/gi, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`),
  } // prettier-ignore

  it.each(Object.entries(variants))('finds %s: %s', (_name, encoded) => {
    const own = masker()
    own.learn(secret)
    for (const [before, after] of [
      ['', ''],
      ['x ', ' y'],
      ['"', '"'],
      ['<p>', '</p>'],
    ])
      expect(own.maskText(before + encoded + after)).toBe(before + mask(secret) + after)
  })

  it.each(['', 'a', 'me', 'abc', 'client-1', 'a%3Ab'])('finds it inside Basic credentials of user %j', (user) => {
    for (const value of [secret, encodeURIComponent(secret), new URLSearchParams({ v: secret }).toString().slice(2)]) {
      for (const coding of ['base64', 'base64url'] as const) {
        const own = masker()
        own.learn(secret)
        const run = Buffer.from(`${user}:${value}`).toString(coding)
        for (const text of [run, encodeURIComponent(run)]) {
          const masked = own.maskText(`curl -H "A: ${text}" now`)
          expect(masked).toMatch(/^curl -H "A: .*●●●● #[0-9a-f]{32}" now$/)
          expect(masked).toContain(fingerprint(secret))
        }
      }
    }
  })

  it('finds what was seen at a known place before', () => {
    const own = masker()
    own.maskBody(JSON.stringify({ access_token: token }), 'application/json')
    expect(own.maskUrl(`https://a.test/files/${token}/x`)).toBe(`https://a.test/files/${mask(token)}/x`)
    expect(own.maskText(`got ${token}.`)).toBe(`got ${mask(token)}.`)
  })

  it('finds both places in one text', () => {
    expect(masker().maskBody(`{"access_token":"${token}","echo":"${token}"}`, 'application/json')).toBe(
      `{"access_token":"${mask(token)}","echo":"${mask(token)}"}`,
    )
  })

  it('tells values apart that begin alike, and takes the longer', () => {
    const own = masker()
    const [short, long] = ['eyJhbGciOiJSUzI1NiJ9.aaaa1111', 'eyJhbGciOiJSUzI1NiJ9.aaaa1111.bbbb2222']
    own.learn(short)
    own.learn(long)
    expect(own.maskText(`${short} ${long}`)).toBe(`${mask(short)} ${mask(long)}`)
  })

  it.each(['!"§$%&/()=?', '-----.....', 'пароль-дня', 'a-b-c-d-e-f', '        ', '12 34 56 78'])(
    'finds %j, which has no long run of letters',
    (odd) => {
      const own = masker()
      own.learn(odd)
      for (const [name, encoded] of Object.entries(everyEncoding(odd)))
        expect([name, own.maskText(`<${encoded}>`)]).toEqual([name, `<${mask(odd)}>`])
    },
  )

  it('masks overlapping values as one', () => {
    const own = masker()
    own.learn('abcdefgh1234')
    own.learn('1234ijklmnop')
    expect(own.maskText('x abcdefgh1234ijklmnop y')).toBe(`x ${mask('abcdefgh1234')} y`)
  })

  it('leaves short values and field names alone, also when they are secrets', () => {
    const own = masker()
    own.learn('1234567')
    own.learn('password', 'password')
    expect(own.maskText('1234567 <input type="password">')).toBe('1234567 <input type="password">')
    expect(own.maskBody('password=password', 'application/x-www-form-urlencoded')).toBe(`password=${dots}`)
  })

  it('shows passwords as dots only, wherever they turn up, and never hands them out', () => {
    const own = masker()
    own.learn('hunter2hunter2', 'password')
    expect(own.maskText('it was hunter2hunter2')).toBe(`it was ${dots}`)
    expect(own.maskBody('client_secret=hunter2hunter2', 'application/x-www-form-urlencoded')).toBe(
      `client_secret=${dots}`,
    )
    expect(own.seen.size).toBe(0)
  })
})

describe('parsed JSON', () => {
  it('is masked by name and by value; references and shape stay', () => {
    const own = masker()
    own.learn('known-value-1')
    const value = {
      client_secret: 'short',
      reference: { client_secret: { secret: 'acme_prod' } },
      list: ['a known-value-1 here', 5, null, true, { code: token, password: 'x' }],
      error: { code: 'invalid_request' },
    }
    expect(own.maskJson(value)).toEqual({
      client_secret: mask('short'),
      reference: { client_secret: { secret: 'acme_prod' } },
      list: [`a ${mask('known-value-1')} here`, 5, null, true, { code: mask(token), password: dots }],
      error: { code: 'invalid_request' },
    })
  })
})

describe('a mask', () => {
  it('is never masked again, and a stranger may write one', () => {
    const own = masker()
    own.learn(token)
    const body = `{"access_token":"${token}","client_secret":"x","password":"y","t":"${dots} #abcd"}`
    const once = own.maskBody(body, 'application/json')
    expect(own.maskBody(once, 'application/json')).toBe(once)
    expect(JSON.parse(once)).toMatchObject({ t: `${dots} #abcd` })
    const url = own.maskUrl(`https://a.test/?code=${token}&client_secret=abc`)
    expect(own.maskUrl(url)).toBe(url)
  })

  it('tells the engine each value with its fingerprint', () => {
    const own = masker()
    own.maskBody(`access_token=${token}&password=hunter2hunter2`, 'application/x-www-form-urlencoded')
    expect([...own.seen]).toEqual([[fingerprint(token), token]])
    expect(own.fingerprint(token)).toBe(fingerprint(token))
  })
})
