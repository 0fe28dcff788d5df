import { operationGroups, type ChoiceDescription, type ParameterDescription } from '../contract/description.ts'
import type { Flag } from './flags.ts'
import { globalFlagsFor, type GlobalFlag } from './global-flags.ts'
import { line, type Paint, type Painted } from './paint.ts'
import { flagsWithin, globalFlagsOf, type Subject } from './subjects.ts'

const width = 88
const listWidth = 104

/** Operations have the global `--timeout` for it. */
const timeoutParameter = 'timeout_seconds'

/** The text of `grantlab --help`. */
export function topHelp(subjects: readonly Subject[], paint: Paint): Painted[] {
  const others = subjects.filter(({ kind }) => kind !== 'operation')
  return [
    line`Grantlab runs OAuth 2 and OpenID Connect flows and shows every request.`,
    line``,
    line`${paint.bold('Usage')}  grantlab COMMAND [flags]`,
    ...Object.entries(operationGroups).flatMap(([group, heading]) =>
      groupLines(
        heading,
        subjects.filter(({ description }) => description.group === group),
        paint,
      ),
    ),
    ...groupLines('Commands', others, paint),
    line``,
    paint.bold('Flags of every command'),
    ...globalLines(globalFlagsFor(true, false), paint),
    line``,
    line`grantlab COMMAND --help explains a command's own flags. Try it without any server of yours:`,
    line`  grantlab authorization-code --profile playground --agent form`,
    line``,
    line`Exit codes: 0 succeeded, 1 the answer failed the flow, 2 wrong usage or bad file, 3 needs a person,`,
    line`4 network, TLS, port or browser, 5 Grantlab's own fault, 130 cancelled.`,
  ]
}

function groupLines(heading: string, subjects: readonly Subject[], paint: Paint): Painted[] {
  return subjects.length === 0 ? [] : [line``, paint.bold(heading), ...listOf(subjects)]
}

function listOf(subjects: readonly Subject[]): Painted[] {
  const longest = Math.max(...subjects.map(({ id }) => id.length))
  const indent = ' '.repeat(longest + 4)
  return subjects.flatMap(({ id, description }) => {
    const [first = '', ...more] = wrap(description.summary, indent, listWidth)
    return [line`  ${id.padEnd(longest)}  ${first.trimStart()}`, ...more.map((text) => line`${text}`)]
  })
}

/** The text of `grantlab NOUN --help`: the commands that begin with the noun. */
export function nounHelp(noun: string, subjects: readonly Subject[], paint: Paint): Painted[] {
  return [
    line`${paint.bold('Usage')}  grantlab ${noun} COMMAND [flags]`,
    line``,
    paint.bold('Commands'),
    ...listOf(subjects),
    line``,
    line`grantlab ${noun} COMMAND --help explains a command's own flags.`,
  ]
}

/** The text of `grantlab COMMAND --help`: every flag with its hint, default, choices and section. */
export function subjectHelp(subject: Subject, paint: Paint): Painted[] {
  const { kind, id, description, parameters } = subject
  const positional = parameters.filter((one) => one.positional).map(placeOf)
  const specification = description.specification?.join(', ') ?? ''
  const listed = parameters.filter(({ name }) => !(kind === 'operation' && name === timeoutParameter))
  const common = listed.filter(({ advanced }) => !advanced)
  const advanced = listed.filter((one) => one.advanced)
  return [
    line`${paint.bold(description.title)}`,
    ...wrap(description.summary, '').map((text) => line`${text}`),
    ...(specification ? [paint.dim(specification)] : []),
    line``,
    line`${paint.bold('Usage')}  grantlab ${[id, ...positional].join(' ')}${parameters.length > 0 ? ' [flags]' : ''}`,
    ...section('Flags', common, { subject, paint }),
    ...furtherGroups.flatMap(([group, title]) =>
      section(
        title,
        advanced.filter((one) => one.group === group),
        { subject, paint },
      ),
    ),
    line``,
    paint.bold('Flags of every command'),
    ...globalLines(globalFlagsOf(subject), paint),
  ]
}

/** What few people need, the flags of the command's own subject first. */
const furtherGroups: readonly (readonly [ParameterDescription['group'], string])[] = [
  [undefined, 'Further flags'],
  ['endpoints', 'Endpoints by hand'],
  ['connection', 'Connection'],
]

/** A list takes all the words that follow. */
function placeOf({ name, type }: ParameterDescription): string {
  return `${name.toUpperCase()}${type === 'list' ? '...' : ''}`
}

interface Drawing {
  subject: Subject
  paint: Paint
}

function section(title: string, parameters: readonly ParameterDescription[], drawing: Drawing): Painted[] {
  if (parameters.length === 0) return []
  const { paint } = drawing
  return [line``, paint.bold(title), ...parameters.flatMap((parameter) => parameterLines(parameter, drawing))]
}

function parameterLines(parameter: ParameterDescription, { subject, paint }: Drawing): Painted[] {
  const flags = flagsWithin(subject, parameter)
  const facts = factsOf(parameter, flags, subject)
  return [
    line`  ${paint.accent(flags.map(synopsisOf).join(', '))}`,
    ...wrap(`${parameter.hint}${facts ? ` ${facts}` : ''}`, '      ').map((text) => line`${text}`),
    ...(parameter.choices ?? []).flatMap((choice) => choiceLines(choice, paint)),
  ]
}

/** Titles are the window's words: here a choice is what is typed. */
function choiceLines({ value, hint }: ChoiceDescription, paint: Paint): Painted[] {
  if (!hint) return [line`        ${value}`]
  const indent = ' '.repeat(value.length + 10)
  const [first = '', ...more] = wrap(hint, indent)
  return [line`        ${value}  ${paint.dim(first.trimStart())}`, ...more.map((text) => paint.dim(text))]
}

function synopsisOf({ name, placeholder }: Flag): string {
  return `--${name}${placeholder ? ` ${placeholder}` : ''}`
}

function factsOf(parameter: ParameterDescription, flags: readonly Flag[], subject: Subject): string {
  const { minimum, maximum, onlyWhen, proposals, section: clause, type } = parameter
  const facts = [
    type === 'secret' ? secretFact(flags) : '',
    flags.some(({ repeats }) => repeats) ? 'May be repeated.' : '',
    neededFact(parameter, subject),
    parameter.default === undefined ? '' : `Default: ${String(parameter.default)}.`,
    proposals ? `Often ${proposals.join(', ')}.` : '',
    type === 'multiline' ? '@FILE reads a file, - reads stdin.' : '',
    minimum !== undefined && maximum !== undefined ? `From ${minimum} to ${maximum}.` : '',
    onlyWhen ? `Only with --${onlyWhen.parameter.replaceAll('_', '-')} ${onlyWhen.values.join(' or ')}.` : '',
    clause ? `[${clause}]` : '',
  ]
  return facts.filter(Boolean).join(' ')
}

function neededFact({ required, inProfile, type }: ParameterDescription, { kind }: Subject): string {
  if (!required) return ''
  if (kind === 'command' && type === 'secret') return 'Left out, it is read from stdin, on a terminal without echo.'
  return `Needed${inProfile ? ', here or in the profile' : ''}.`
}

function secretFact(flags: readonly Flag[]): string {
  const ways = flags.map(({ kind }) =>
    kind === 'variable' ? 'VARIABLE is the environment variable it is in' : 'SECRET is the name of a secret',
  )
  return `${ways.join('; ')}.`
}

function globalLines(flags: readonly GlobalFlag[], paint: Paint): Painted[] {
  return flags.flatMap(({ name, placeholder, hint }) => [
    line`  ${paint.accent(`--${name}${placeholder ? ` ${placeholder}` : ''}`)}`,
    ...wrap(hint, '      ').map((text) => line`${text}`),
  ])
}

/** Breaks a text into lines of the help's width, each with the indent. */
function wrap(text: string, indent: string, columns = width): string[] {
  const lines: string[] = []
  let current = indent
  // A section of a specification stays on one line.
  for (const word of text.split(/ (?![^[]*\])/)) {
    if (current.length + word.length > columns && current.trim()) {
      lines.push(current.trimEnd())
      current = indent
    }
    current += `${word} `
  }
  return [...lines, current.trimEnd()]
}
