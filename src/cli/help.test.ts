import { expect, test } from 'vitest'
import { nounHelp, subjectHelp, topHelp } from './help.ts'
import { createPaint, type Painted } from './paint.ts'
import { commandsOf, flagsWithin, isNoun, listSubjects } from './subjects.ts'

const subjects = listSubjects()
const paint = createPaint({})
const textOf = (lines: Painted[]) => lines.map(({ painted }) => painted).join('\n')

test('the first page names every command with its summary', () => {
  const text = textOf(topHelp(subjects, paint))
  const words = text.replaceAll(/\s+/g, ' ')
  for (const { id, description } of subjects) {
    expect(text).toContain(`  ${id}`)
    expect(words).toContain(description.summary)
  }
})

test("a command's page has every flag with its hint, default, choices and section", () => {
  for (const subject of subjects) {
    const text = textOf(subjectHelp(subject, paint))
    const words = text.replaceAll(/\s+/g, ' ')
    for (const parameter of subject.parameters) {
      if (subject.kind === 'operation' && parameter.name === 'timeout_seconds') continue
      for (const { name } of flagsWithin(subject, parameter)) expect(text).toContain(`--${name}`)
      expect(words).toContain(parameter.hint)
      if (parameter.default !== undefined) expect(words).toContain(`Default: ${String(parameter.default)}.`)
      for (const { value } of parameter.choices ?? []) expect(text).toContain(`        ${value}`)
      if (parameter.section) expect(words).toContain(`[${parameter.section}]`)
    }
  }
})

test('the timeout stands once on a page of an operation', () => {
  const discover = subjects.find(({ id }) => id === 'discover')
  const text = discover ? textOf(subjectHelp(discover, paint)) : ''
  expect(text.match(/--timeout/g)).toHaveLength(1)
  expect(text).toContain('from 1 to 600; 30 when')
})

test("titles of choices, which are the window's words, stand on no page", () => {
  const text = textOf(subjects.flatMap((subject) => subjectHelp(subject, paint)))
  expect(text).toContain('As client_secret_basic but without')
  for (const title of ['Secret in header', 'Secret in form']) expect(text).not.toContain(title)
})

test('flows stand under what they are about, and few people’s flags under headings of their own', () => {
  const top = textOf(topHelp(subjects, paint))
  const places = ['Get tokens', 'Clients and grants', '  register ', 'Discovery', '  discover ', 'Commands']
  const found = places.map((text) => top.indexOf(`\n${text}`))
  expect(found).toEqual(found.toSorted((a, b) => a - b))
  expect(found).not.toContain(-1)
  const register = subjects.find(({ id }) => id === 'register')
  const page = register ? textOf(subjectHelp(register, paint)) : ''
  const headings = [...page.matchAll(/^[A-Z][a-z ]+$/gm)].map(([heading]) => heading)
  expect(headings).toEqual(expect.arrayContaining(['Flags', 'Further flags', 'Endpoints by hand', 'Connection']))
  expect(page.indexOf('--preset')).toBeLessThan(page.indexOf('Further flags'))
  expect(page.indexOf('--proxy ')).toBeGreaterThan(page.indexOf('\nConnection'))
  expect(page).toContain('--further-metadata JSON|@FILE|-')
})

test('a command that takes all words that follow says so', () => {
  const many = subjects.find(({ parameters }) =>
    parameters.some(({ positional, type }) => positional && type === 'list'),
  )
  expect(many && textOf(subjectHelp(many, paint))).toMatch(/^Usage.* [A-Z_]+\.\.\. \[flags\]$/m)
})

test('the page of a noun lists its commands', () => {
  const text = textOf(nounHelp('profiles', commandsOf('profiles', subjects), paint))
  for (const id of ['profiles list', 'profiles save', 'profiles delete']) expect(text).toContain(`  ${id} `)
  expect(text).not.toContain('history')
})

test('a noun with one command has a page, and only what takes away for good has --yes', () => {
  expect(isNoun(['token'], subjects)).toBe(true)
  expect(isNoun(['reset'], subjects)).toBe(false)
  const withYes = subjects.filter((subject) => textOf(subjectHelp(subject, paint)).includes('--yes'))
  expect(withYes.map(({ id }) => id).sort()).toEqual(['history clear', 'registrations forget', 'reset'])
  expect(textOf(topHelp(subjects, paint))).not.toContain('--yes')
})

test('no page is wider than a terminal', () => {
  const pages = [topHelp(subjects, paint), ...subjects.map((subject) => subjectHelp(subject, paint))]
  const tooWide = pages.flat().filter(({ painted }) => painted.length > 110)
  expect(tooWide).toEqual([])
})

test('what is read from a file says how, and that it may be piped in', () => {
  const pageOf = (id: string) =>
    textOf(subjects.filter((one) => one.id === id).flatMap((one) => subjectHelp(one, paint)))
  const verify = pageOf('token verify')
  expect(verify).toContain('grantlab token verify [FILE|-] [flags]')
  expect(verify).toContain('--token-file FILE|-, --token-env VARIABLE, --token-name SECRET')
  expect(verify).toContain('--jwks FILE|URL|-')
  expect(verify.replaceAll(/\s+/g, ' ')).toContain('Left out, it is what is piped in')
  expect(pageOf('capsule open')).toContain('grantlab capsule open [FILE|-] [flags]')
})
