import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { ParameterValues } from '../contract/description.ts'
import { flagNameOf, flagsOf, type Flag } from './flags.ts'
import { globalFlags, printableKinds, type GlobalFlag, type GlobalFlags } from './global-flags.ts'
import { readValue, type Environment } from './read-value.ts'
import { findSubject, flagsWithin, globalFlagsOf, isNoun, type Subject } from './subjects.ts'
import { nearest, usage } from './usage.ts'

/** What a person asked for. */
export type Invocation =
  | { kind: 'help'; subject?: Subject; noun?: string }
  | { kind: 'version' }
  | { kind: 'run'; subject: Subject; global: GlobalFlags; parameters: ParameterValues }

type Options = NonNullable<ParseArgsConfig['options']>
type Token = { kind: 'option'; index: number; name: string; rawName: string; value?: string; inlineValue?: boolean }
type Word = { kind: 'positional'; index: number; value: string }

const early: Options = { ...optionsOf(globalFlags), version: { type: 'boolean' } }

/**
 * Reads the words and flags of a command line.
 * @throws ProblemError of the usage class, naming the flag
 */
export function readArguments(
  args: readonly string[],
  subjects: readonly Subject[],
  environment: Environment,
): Invocation {
  const { words, asked, unknown } = readWords(args)
  if (asked === 'version') return { kind: 'version' }
  if (words[0] === 'help') return readHelp(words.slice(1), subjects)
  if (asked === 'help') return readHelp(words, subjects)
  const found = findNamed(words, subjects)
  if (found) return readFlags(args, found, environment)
  if (unknown)
    throw usage('parameter-unknown', `There is no ${unknown} before a command.`, 'grantlab --help lists all.')
  return { kind: 'help' }
}

function readHelp(words: readonly string[], subjects: readonly Subject[]): Invocation {
  const [noun = ''] = words
  if (isNoun(words, subjects)) return { kind: 'help', noun }
  const found = findNamed(words, subjects)
  return found ? { kind: 'help', subject: found.subject } : { kind: 'help' }
}

function findNamed(words: readonly string[], subjects: readonly Subject[]): Found | undefined {
  const found = findSubject(subjects, words)
  if (words.length > 0 && !found) throw noSubject(words, subjects)
  return found
}

/** The words before the first flag that is not a global one, and whether help or the version is asked for. */
function readWords(args: readonly string[]) {
  const tokens = tokensOf(args, early)
  const options = tokens.filter((token) => token.kind === 'option')
  const foreign = options.find(({ name }) => !early[name])
  const end = foreign?.index ?? args.length
  const words = tokens.flatMap((token) => (token.kind === 'positional' && token.index < end ? [token.value] : []))
  const isAsked = (wanted: string) => options.some(({ name }) => name === wanted)
  const asked = isAsked('help') ? 'help' : isAsked('version') && words.length === 0 ? 'version' : undefined
  return { words, asked, unknown: foreign?.rawName }
}

/**
 * The flags and words of a command line. What begins with one dash and is longer than a short flag is a word: ids that
 * servers make are often base64url, which may begin so.
 */
function tokensOf(args: readonly string[], options: Options): (Token | Word)[] {
  // The parser would take each letter for a flag, so it sees a stand-in.
  const hidden = args.map((text) => (/^-[^-]./.test(text) ? `\0${text}` : text))
  const { tokens } = parseArgs({ args: hidden, options, strict: false, allowPositionals: true, tokens: true })
  return tokens.flatMap((token): (Token | Word)[] => {
    if (token.kind === 'option-terminator') return []
    return [token.value?.startsWith('\0') ? { ...token, value: token.value.slice(1) } : token]
  })
}

function noSubject(words: readonly string[], subjects: readonly Subject[]) {
  const ids = subjects.map(({ id }) => id)
  const verbs = ids.filter((id) => id.startsWith(`${words[0]} `))
  if (verbs.length > 0) {
    return usage('unknown-operation', `${words[0]} wants one of: ${verbs.join(', ')}.`, `grantlab ${words[0]} --help`)
  }
  const meant = nearest(words.slice(0, 2).join(' '), ids) ?? nearest(words[0] ?? '', ids)
  const advice = meant ? [`Did you mean grantlab ${meant}?`] : []
  return usage('unknown-operation', `There is no command ${words[0]}.`, ...advice, 'grantlab --help lists all.')
}

/** Flags of one command, by name: its own and the global ones that apply. */
interface FlagTable {
  own: Map<string, Flag>
  global: Map<string, GlobalFlag>
  options: Options
}

function tableOf(subject: Subject): FlagTable {
  const flags = subject.parameters.flatMap((parameter) => flagsWithin(subject, parameter))
  const own = new Map(flags.map((flag) => [flag.name, flag]))
  const applying = globalFlagsOf(subject).filter(({ name }) => !own.has(name))
  const options: Options = { ...optionsOf(applying) }
  for (const flag of own.values()) options[flag.name] = { type: flag.placeholder ? 'string' : 'boolean' }
  // A secret's value as a flag is taken apart only to be refused in words that help.
  for (const { name, type } of subject.parameters)
    if (type === 'secret') options[flagNameOf(name)] ??= { type: 'string' }
  return { own, global: new Map(applying.map((flag) => [flag.name, flag])), options }
}

function optionsOf(flags: readonly GlobalFlag[]): Options {
  return Object.fromEntries(
    flags.map(({ name, placeholder }) => [
      name,
      { type: placeholder ? ('string' as const) : ('boolean' as const), ...(name === 'help' ? { short: 'h' } : {}) },
    ]),
  )
}

interface Found {
  subject: Subject
  words: number
}

function readFlags(args: readonly string[], { subject, words }: Found, environment: Environment): Invocation {
  const table = tableOf(subject)
  const tokens = tokensOf(args, table.options)
  const given = new Map<Flag, string[]>()
  const global = new Map<string, string[]>()
  for (const token of tokens) if (token.kind === 'option') take(token, { table, subject, given, global })
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : [])).slice(words)
  takePositionals(positionals, subject, given)
  const flat: ParameterValues = {}
  for (const [flag, texts] of given) setValue(flat, { flag, texts, environment })
  const settings = toGlobalFlags(global)
  const timeout = global.get('timeout')?.[0]
  const timed = subject.parameters.find(({ name }) => name === 'timeout_seconds')
  if (timeout !== undefined && timed) {
    const flag = { ...flagsOf(timed)[0], name: 'timeout' } as Flag
    setValue(flat, { flag, texts: [timeout], environment })
  }
  return { kind: 'run', subject, global: settings, parameters: nestValues(flat, subject) }
}

interface Taking {
  table: FlagTable
  subject: Subject
  given: Map<Flag, string[]>
  global: Map<string, string[]>
}

function take(token: Token, { table, subject, given, global }: Taking): void {
  const flag = table.own.get(token.name)
  const known = flag ?? table.global.get(token.name)
  if (!known) throw unknownFlag(token, table, subject)
  const text = textOf(token, known)
  const values = (flag ? given.get(flag) : global.get(token.name)) ?? []
  if (values.length > 0 && !known.repeats) {
    throw usage('parameter-invalid', `${token.rawName} is given more than once.`)
  }
  values.push(text)
  if (flag) given.set(flag, values)
  else global.set(token.name, values)
}

function textOf({ rawName, value, inlineValue }: Token, { placeholder }: { placeholder: string }): string {
  if (!placeholder) {
    if (value !== undefined) throw usage('parameter-invalid', `${rawName} takes no value.`)
    return ''
  }
  if (value !== undefined && (inlineValue || !value.startsWith('--'))) return value
  throw usage('parameter-invalid', `${rawName} wants a value: ${rawName} ${placeholder}.`)
}

function unknownFlag({ name, rawName }: Token, table: FlagTable, subject: Subject) {
  const secret = subject.parameters.find((one) => one.type === 'secret' && flagNameOf(one.name) === name)
  // SECURITY: what was given is not repeated: it may be the secret.
  if (secret) {
    const ways = flagsWithin(subject, secret).map((flag) => `--${flag.name} ${flag.placeholder}`)
    return usage(
      'parameter-invalid',
      `${rawName} does not exist: a secret on the command line stands in the process list and the shell's history.`,
      ...ways.map(
        (way) => `Use ${way}${way.includes('-env ') ? ': the name of an environment variable that holds it' : ''}.`,
      ),
    )
  }
  const meant = nearest(name, [...table.own.keys(), ...table.global.keys()])
  const advice = meant ? [`Did you mean --${meant}?`] : []
  return usage(
    'parameter-unknown',
    `There is no ${rawName} here.`,
    ...advice,
    `grantlab ${subject.id} --help lists all.`,
  )
}

function takePositionals(positionals: readonly string[], subject: Subject, given: Map<Flag, string[]>): void {
  const places = subject.parameters.filter(({ positional }) => positional)
  for (const [index, text] of positionals.entries()) {
    // The last place takes all the rest when it is a list.
    const place = places[index] ?? (places.at(-1)?.type === 'list' ? places.at(-1) : undefined)
    const flag = place && flagsOf(place).find(({ kind }) => kind === 'value' || kind === 'file')
    if (!flag) throw tooMuch(text, subject)
    const taken = [...given].find(([{ parameter }]) => parameter === flag.parameter)
    if (taken && index < places.length) throw givenTwice(taken[0], text, subject)
    if (taken) taken[1].push(text)
    else given.set(flag, [text])
  }
}

function givenTwice({ name, parameter }: Flag, text: string, subject: Subject) {
  const said = mayBeSecret(subject) ? 'as a word' : text
  return usage('parameter-invalid', `${parameter.title} is given twice: ${said} and with --${name}.`)
}

function tooMuch(text: string, subject: Subject) {
  const said = mayBeSecret(subject) ? 'One word too many is given.' : `Nothing is expected here: ${text}.`
  return usage('parameter-unknown', said, `grantlab ${subject.id} --help`)
}

/** SECURITY: where a secret's file is named, somebody puts the secret itself: such a word is not repeated. */
function mayBeSecret({ parameters }: Subject): boolean {
  return parameters.some(({ type, fromFile }) => type === 'secret' && fromFile)
}

interface Setting {
  flag: Flag
  texts: string[]
  environment: Environment
}

function setValue(values: ParameterValues, { flag, texts, environment }: Setting): void {
  const { name, title } = flag.parameter
  if (values[name] !== undefined)
    throw usage('parameter-invalid', `${title} is given in two ways; --${flag.name} is one.`)
  values[name] = readValue(flag, texts, environment)
}

/** Puts the values of a profile into the one parameter that carries them. */
function nestValues(flat: ParameterValues, { values }: Subject): ParameterValues {
  if (values.length === 0) return flat
  const inside = Object.entries(flat).filter(([name]) => values.includes(name))
  const outside = Object.entries(flat).filter(([name]) => !values.includes(name))
  return { ...Object.fromEntries(outside), values: Object.fromEntries(inside) as never }
}

function toGlobalFlags(given: Map<string, string[]>): GlobalFlags {
  const one = (name: string) => given.get(name)?.[0]
  const print = printableKinds.find((kind) => kind === one('print'))
  if (given.has('print') && !print) {
    throw usage('parameter-invalid', `--print must be one of ${printableKinds.join(', ')}.`)
  }
  if (print && given.has('json')) {
    throw usage('parameter-invalid', '--print and --json both want stdout.', 'Leave one of them out.')
  }
  return {
    profile: one('profile'),
    workspace: one('workspace'),
    dataDir: one('data-dir'),
    secrets: given.get('secret') ?? [],
    environmentFile: one('env-file'),
    json: given.has('json'),
    print,
    confirm: one('confirm'),
    allowSecrets: given.has('allow-secrets'),
    rules: given.has('rules'),
    yes: given.has('yes'),
  }
}
