import { audiencesOf } from './claim-checks.ts'
import { checkLine, shownValue, type CheckLine, type CheckName } from './check-line.ts'
import type { AskedOfToken, ReadClaims, ServerSkew } from './judged-facts.ts'
import { lengthWords, millisecondsOf } from './numeric-date.ts'

const hourMs = 3_600_000
/** Characters of a header field that many servers and proxies take. */
const roomyCharacters = 8192
const skewMs = 30_000
const personal = ['email', 'phone_number', 'phone', 'name', 'given_name', 'family_name', 'birthdate', 'address']

const named = (id: string, title: string, section: string): CheckName => ({ id, subject: 'claims', title, section })

/** What is discouraged in a JWT access token; none of it makes a token invalid. @see RFC 9068 */
export function accessTokenAdvice({ header, claims }: ReadClaims, asked: AskedOfToken): CheckLine[] {
  const isAdvice = true
  const typ = typeof header.typ === 'string' ? header.typ.toLowerCase().replace(/^application\//, '') : header.typ
  const audiences = audiencesOf(claims)
  const client = asked.client_id ?? (typeof claims.client_id === 'string' ? claims.client_id : undefined)
  const [from, to] = [millisecondsOf(claims.iat), millisecondsOf(claims.exp)]
  const told = personal.filter((name) => claims[name] !== undefined)
  const lines = [
    checkLine(named('at.typ', 'It says that it is an access token', 'RFC 9068 §2.1'), typ === 'at+jwt', {
      expected: 'at+jwt',
      actual: shownValue(header.typ),
      why: 'Without at+jwt an ID token can be taken for it.',
      isAdvice,
    }),
    checkLine(named('at.aud-missing', 'It says which API it is for', 'RFC 9068 §2.2'), audiences.length > 0, {
      expected: 'an audience',
      actual: shownValue(claims.aud),
      isAdvice,
    }),
    checkLine(named('at.pii', 'It says nothing personal', 'RFC 9068 §6'), told.length === 0, {
      expected: 'no email, phone or name',
      actual: told.length === 0 ? 'none' : told.join(', '),
      isAdvice,
    }),
  ]
  if (client !== undefined && audiences.length > 0) {
    const name = named('at.audience-is-client', 'Its audience is an API, not the client', 'RFC 9068 §3')
    const holds = !audiences.includes(client)
    lines.push(checkLine(name, holds, { expected: 'an API', actual: shownValue(claims.aud), isAdvice }))
  }
  if (from !== null && to !== null) {
    const name = named('at.lifetime-long', 'It is good for an hour at most', 'RFC 9700 §2.2')
    lines.push(
      checkLine(name, to > from && to - from <= hourMs, {
        expected: 'at most 1 h',
        actual: lengthWords(to - from),
        isAdvice,
      }),
    )
  }
  return lines
}

/** What is noticed of any JWT: its length. @see RFC 9110 §5.4 */
export function sizeAdvice(characters: number): CheckLine {
  const name = named('jwt.oversize', 'It fits into a header field', 'RFC 9110 §5.4')
  const expected = `at most ${roomyCharacters} characters`
  return checkLine(name, characters <= roomyCharacters, {
    expected,
    actual: `${characters} characters`,
    isAdvice: true,
  })
}

/** Whether the server's clock and this one agree. @see RFC 9110 §6.6.1 */
export function skewAdvice({ milliseconds, uncertaintyMs }: ServerSkew): CheckLine {
  const name: CheckName = { ...named('jwt.clock-skew', 'The clocks agree', 'RFC 9110 §6.6.1'), subject: 'time' }
  // What is no number tells nothing.
  const holds = !(Math.abs(milliseconds) - uncertaintyMs > skewMs)
  return checkLine(name, holds, { expected: 'within 30 s', actual: skewWords(milliseconds), isAdvice: true })
}

/** Which clock is ahead, and by how much. */
export function skewWords(milliseconds: number): string {
  const rounded = Math.round(milliseconds / 1000) * 1000
  if (rounded === 0) return 'less than a second apart'
  return `the server's clock is ${lengthWords(rounded)} ${rounded > 0 ? 'ahead' : 'behind'}`
}
