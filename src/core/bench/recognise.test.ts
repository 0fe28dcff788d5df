import { describe, expect, it, test } from 'vitest'
import { inspect, inspectWithValues } from './testing/inspect.ts'
import { encode, makeToken } from './testing/make-token.ts'

const token = makeToken({ iss: 'https://as.test', sub: 'ann', nonce: 'n', exp: 2_000_000_000 })
const second = makeToken({ iss: 'https://as.test', sub: 'bob', scope: 'read' })
const opaque = 'xoQ8s7Zk3v1TgR5pLw9yNc2d'

/** What was found: the kind, each token's label and clear value, and the members. */
function read(text: string, name?: string) {
  const { inspection, values } = inspectWithValues(text, name)
  return {
    recognised: inspection.recognised,
    tokens: inspection.tokens.map(({ label, fingerprint }) => [label, values.get(fingerprint)]),
    members: Object.fromEntries(inspection.members.map(({ name: member, value }) => [member, value])),
  }
}

describe('a token', () => {
  const wrapped = (width: number) => token.match(new RegExp(`.{1,${width}}`, 'g'))!.join('\n')
  it.each([
    ['alone', token],
    ['with space around', `\n  ${token}\t\r\n`],
    ['in double quotes', `"${token}"`],
    ['in single quotes with a comma', `'${token}',`],
    ['in angle brackets', `<${token}>`],
    ['percent-encoded', encodeURIComponent(`"${token}"`)],
    ['in lines of 40', wrapped(40)],
    ['in lines of 76, quoted', wrapped(76).replaceAll('\n', '\n> ')],
    ['broken after its dots', token.replaceAll('.', '.\n')],
    ['in a sentence', `The token is ${token}. Please look.`],
    ['at the end of a line, words behind it', `See ${token}\nThanks\nAnn`],
    ['in a log line', `2026-01-01T00:00:00Z INFO token=${token} user=ann`],
    ['as a string of JSON', JSON.stringify(token)],
    ['behind a byte order mark', `\ufeff${token}`],
  ])('is read %s', (_how, text) => {
    expect(read(text)).toMatchObject({ recognised: 'token', tokens: [['', token]] })
  })

  it('is read with others, each once', () => {
    const { tokens } = read(`first ${token}\n${second}\nagain ${token}\n`)
    expect(tokens.map(([, value]) => value)).toEqual([token, second])
    expect(read(`${token}\n${second}`).tokens.map(([, value]) => value)).toEqual([token, second])
  })

  it('keeps its second dot when it is unsecured', () => {
    const unsecured = `${encode({ alg: 'none' })}.${encode({ sub: 'a' })}.`
    expect(read(`Look: ${unsecured} there`).tokens).toEqual([['', unsecured]])
  })

  it('is opaque when nobody would write such a word', () => {
    expect(read(opaque)).toMatchObject({ recognised: 'token', tokens: [['', opaque]] })
    expect(inspect(opaque).tokens[0]).toMatchObject({ form: 'opaque', use: 'unknown', segments: [] })
  })
})

describe('headers', () => {
  it.each([
    ['a line', `Authorization: Bearer ${token}`, 'Authorization: Bearer'],
    ['its value', `Bearer ${token}`, 'Authorization: Bearer'],
    ['its value, percent-encoded', `Bearer%20${token}`, 'Authorization: Bearer'],
    ['a value in lines', `Bearer ${token.slice(0, 60)}\n${token.slice(60)}`, 'Authorization: Bearer'],
    [
      'a request',
      `GET /me HTTP/1.1\r\nHost: a.test\r\nauthorization: bearer ${token}\r\n\r\n`,
      'Authorization: Bearer',
    ],
    ['a line of cURL', `> Authorization: DPoP ${token}`, 'Authorization: DPoP'],
    ['a line of code', `  "Authorization": "Bearer ${token}",`, 'Authorization: Bearer'],
    ['a proof', `DPoP: ${token}`, 'DPoP'],
  ])('%s', (_how, text, label) => {
    expect(read(text)).toMatchObject({ recognised: 'authorization-header', tokens: [[label, token]] })
  })

  it('an opaque Bearer token, and a token with its proof', () => {
    expect(read(`Bearer ${opaque}`).tokens).toEqual([['Authorization: Bearer', opaque]])
    const both = read(`Authorization: DPoP ${opaque}\nDPoP: ${token}`)
    expect(both.tokens).toEqual([
      ['Authorization: DPoP', opaque],
      ['DPoP', token],
    ])
  })

  it('Basic tells the client, and its secret masked', () => {
    const { recognised, members } = read(
      `Authorization: Basic ${Buffer.from('app%3A1:s3cr3t%2Bvalue').toString('base64')}`,
    )
    expect(recognised).toBe('authorization-header')
    expect(members.client_id).toBe('app:1')
    expect(members.client_secret).toMatch(/^●●●● #/)
  })
})

describe('a token response', () => {
  const response = {
    access_token: opaque,
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'openid',
    id_token: token,
    refresh_token: 'r-12345678',
  }
  const tokens = [
    ['access_token', opaque],
    ['id_token', token],
    ['refresh_token', 'r-12345678'],
  ]
  it.each([
    ['alone', JSON.stringify(response, null, 2)],
    ['inside of other JSON', JSON.stringify({ level: 'info', result: { data: [response] } })],
    ['as text inside of JSON', JSON.stringify({ message: JSON.stringify(response) })],
    ['in a log line', `12:00 DEBUG got ${JSON.stringify(response)} in 12 ms {x}`],
    ['escaped in a log line', `12:00 DEBUG "${JSON.stringify(response).replaceAll('"', '\\"')}"`],
  ])('is read %s', (_how, text) => {
    expect(read(text)).toMatchObject({
      recognised: 'token-response',
      tokens,
      members: { token_type: 'Bearer', expires_in: '300', scope: 'openid' },
    })
  })

  it('of an error tells it, and takes no error code for a code', () => {
    const error = { error: 'invalid_grant', error_description: 'It is over.', code: 'invalid_grant' }
    expect(read(JSON.stringify(error))).toEqual({ recognised: 'token-response', tokens: [], members: error })
  })
})

describe('a callback address', () => {
  it.each([
    ['query', `https://app.test/cb?code=${opaque}&state=s1&iss=https%3A%2F%2Fas.test`],
    ['fragment', `https://app.test/cb#code=${opaque}&state=s1`],
    ['scheme of an app', `com.example.app:/cb?code=${opaque}&state=s1`],
    ['broken into lines', `https://app.test/cb?code=${opaque}\n&state=s1`],
    ['request line', `GET https://app.test/cb?code=${opaque}&state=s1 HTTP/1.1`],
    ['form_post body', `code=${opaque}&state=s1`],
    ['query alone', `?state=s1&code=${opaque}`],
  ])('%s', (_how, text) => {
    expect(read(text)).toMatchObject({
      recognised: 'callback-address',
      tokens: [['code', opaque]],
      members: { state: 's1' },
    })
  })

  it('with tokens in its fragment, and with an error', () => {
    const { tokens } = read(`http://127.0.0.1:1/cb#access_token=${opaque}&id_token=${token}&token_type=Bearer`)
    expect(tokens).toEqual([
      ['access_token', opaque],
      ['id_token', token],
    ])
    expect(read('https://app.test/cb?error=access_denied&error_description=No%20way').members).toEqual({
      address: 'https://app.test/cb',
      error: 'access_denied',
      error_description: 'No way',
    })
  })
})

describe('a cURL command', () => {
  const post = {
    method: 'POST',
    url: 'https://as.test/token',
    grant_type: 'authorization_code',
    redirect_uri: 'https://app.test/cb',
  }
  it.each([
    [
      'bash with continuations',
      `$ curl -X POST 'https://as.test/token' \\\n  -H "Authorization: Bearer ${token}" \\\n  -d grant_type=authorization_code -d 'code=${opaque}' \\\n --data-urlencode "redirect_uri=https://app.test/cb"`,
    ],
    [
      'cmd.exe with carets',
      `curl ^"https://as.test/token^" ^\r\n  -H ^"Authorization: Bearer ${token}^" ^\r\n  --data-raw ^"grant_type=authorization_code^&code=${opaque}^&redirect_uri=https^%^3A//app.test/cb^"`,
    ],
    [
      'PowerShell with backticks',
      `curl.exe "https://as.test/token" \`\n  -H "Authorization: Bearer ${token}" \`\n  --data "grant_type=authorization_code&code=${opaque}&redirect_uri=https://app.test/cb"`,
    ],
    [
      'bash with $ quoting',
      `curl --url https://as.test/token -H $'Authorization: Bearer ${token}' --data-raw $'grant_type=authorization_code\\u0026code=${opaque}&redirect_uri=https://app.test/cb'`,
    ],
  ])('%s', (_how, text) => {
    const { recognised, tokens, members } = read(text)
    expect(recognised).toBe('curl')
    expect(tokens).toEqual([
      ['Authorization: Bearer', token],
      ['code', opaque],
    ])
    expect(members).toMatchObject(post)
  })

  it('masks the secret of -u and of the data, and stops at a pipe', () => {
    const { inspection, values } = inspectWithValues(
      `curl -u 'app:s3cr3t-value' -d client_secret=an0ther-secret -d refresh_token=${opaque} https://as.test/token | jq .access_token`,
    )
    expect([...values.values()]).toEqual(expect.arrayContaining([opaque, 's3cr3t-value', 'an0ther-secret']))
    expect(JSON.stringify(inspection)).not.toMatch(/s3cr3t-value|an0ther-secret|jq/)
    expect(inspection.members.filter(({ name }) => name === 'client_secret')).toHaveLength(2)
  })
})

describe('files', () => {
  const har = {
    log: {
      version: '1.2',
      creator: { name: 'Browser', version: '1' },
      entries: [
        {
          startedDateTime: '2026-01-01T00:00:00.000Z',
          request: {
            url: 'https://as.test/token',
            headers: [],
            postData: {
              mimeType: 'application/x-www-form-urlencoded',
              text: `grant_type=refresh_token&refresh_token=${opaque}`,
            },
          },
          response: {
            headers: [],
            content: {
              encoding: 'base64',
              text: Buffer.from(JSON.stringify({ access_token: token })).toString('base64'),
            },
          },
        },
        {
          request: { url: 'https://api.test/', headers: [{ name: 'Authorization', value: `Bearer ${token}` }] },
          response: { headers: [{ name: 'Location', value: 'https://app.test/cb?code=c0de-12345678' }] },
        },
        null,
        { request: { headers: 'none', postData: 1 }, response: [] },
      ],
    },
  }
  test('a HAR tells its tokens once, and where the first stood', () => {
    const { inspection, values } = inspectWithValues(JSON.stringify(har))
    expect(inspection).toMatchObject({ recognised: 'har', members: [{ value: 'Browser' }, { value: '4' }, {}] })
    expect(inspection.tokens.map(({ label, fingerprint }) => [label, values.get(fingerprint)])).toEqual([
      ['refresh_token', opaque],
      ['access_token', token],
      ['code', 'c0de-12345678'],
    ])
    expect(inspection.tokens[1]!.notes).toContain('It stands in request 1 of the HAR.')
  })

  test('a broken HAR says where', () => {
    const broken = '{"log":{"version":"1.2","entries":[{"request":}]}}'
    const inspection = inspect(broken, 'customer.har')
    expect(inspection).toMatchObject({ recognised: 'har', tokens: [], problems: [{ code: 'file-invalid' }] })
    expect(inspection.problems[0]!.detail).toContain(
      `at character ${broken.indexOf('}')}, behind /log/entries/0/request`,
    )
    expect(inspect('{"log":{"entries":1}}').problems[0]!.detail).toContain('no log.entries')
  })

  test('a capsule is named', () => {
    const html = '<!doctype html><script type="application/json" id="grantlab-capsule">{}</script>'
    expect(inspect(html)).toMatchObject({ recognised: 'capsule', tokens: [], problems: [] })
  })
})

it.each([
  ['', 'Nothing stands in it.'],
  ['hello there', 'No token'],
  ['www.example.com', 'No token'],
  ['e2e.example-of-a-long-name.test', 'No token'],
  ['1.2.3', 'No token'],
  ['https://as.test/authorize', 'an address without an answer'],
  ['-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----', 'a key or a certificate'],
  ['{"keys":[]}', 'a key or a key set'],
  ['{"issuer":"https://as.test"}', 'metadata of a server'],
  ['{}', 'No token'],
  ['[1,2', 'No token'],
])('%j is nothing, and it is said what would be', (text, why) => {
  const { recognised, read: sentence, problems } = inspect(text)
  expect(recognised).toBe('nothing')
  expect(sentence).toContain(why)
  expect(problems).toMatchObject([
    { code: 'nothing-recognised', whatToDo: [expect.stringContaining('a cURL command')] },
  ])
})

test('a text over the bound is refused', () => {
  expect(inspect('a'.repeat(64 * 1024 * 1024 + 1)).problems[0]!.detail).toContain('up to 67108864 are read')
  expect(inspect('a b'.repeat(4 * 1024 * 1024)).problems[0]!.detail).toContain('too long')
})
