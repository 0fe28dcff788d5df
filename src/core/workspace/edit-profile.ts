import { isDeepStrictEqual } from 'node:util'
import type { Document, Node, YAMLMap, YAMLSeq } from 'yaml'
import type { ParameterValues } from '../../contract/description.ts'
import { type Json, isJsonObject } from '../../contract/json.ts'
import type { TestUser } from '../../contract/profile.ts'
import type { TextFile } from '../files/read-text-file.ts'
import { writtenLike } from '../files/written-like.ts'
import { type YamlFile, fileProblem } from './yaml-file.ts'

/** A profile as it shall stand in its file. */
export interface ProfileChange {
  /** left out: stays as it is; empty: taken away */
  title?: string | undefined
  /** all values of the profile, checked; what is not here is taken away */
  values: ParameterValues
  /** left out: stays as it is; false: taken away */
  production?: boolean | undefined
  /** left out: stay as they are; empty: taken away */
  users?: TestUser[] | undefined
}

/** What stands in a profile's file besides its values. */
const ownNames: readonly string[] = ['version', 'title', 'production', 'users']

/** Long lines stay whole, and `{secret: name}` has no padding, as the manual writes it. */
const style = { lineWidth: 0, flowCollectionPadding: false } as const

/** The text of a new profile file. */
export async function buildProfileText(change: ProfileChange): Promise<string> {
  const { Document: YamlDocument } = await import('yaml')
  const document = new YamlDocument({ version: 1 }) as unknown as Document<YAMLMap>
  await applyChange(document, change)
  return document.toString(style)
}

/** The text of a profile file after a change: comments, order, and what did not change stay as they are. */
export async function editProfileText(file: TextFile, yaml: YamlFile, change: ProfileChange): Promise<string> {
  for (const { key } of yaml.entries) {
    const stays = ownNames.includes(key) || Object.hasOwn(change.values, key)
    if (!stays) yaml.document.delete(key)
  }
  await applyChange(yaml.document, change, new Map(yaml.entries.map(({ key, value }) => [key, value])))
  return writtenLike(file, toText(yaml))
}

function toText({ document, file }: YamlFile): string {
  try {
    return document.toString(style)
  } catch {
    // An alias whose anchor went away with the change.
    throw fileProblem('file-invalid', 'The file uses aliases (*name) that this change would break.', {
      file,
      whatToDo: ['Write the values out, or make the change in an editor.'],
    })
  }
}

async function applyChange(
  document: Document<YAMLMap>,
  change: ProfileChange,
  before: ReadonlyMap<string, Json> = new Map(),
): Promise<void> {
  const wanted = wantedEntries(change)
  for (const [name, value] of Object.entries(wanted)) {
    if (value === null) document.delete(name)
    else if (value !== undefined && !isDeepStrictEqual(before.get(name), value)) await setValue(document, name, value)
  }
}

/** What is to stand in the file, in the order of a new one; null is taken away, undefined stays as it is. */
function wantedEntries({ title, production, values, users }: ProfileChange): ParameterValues {
  return {
    title: title === '' ? null : title,
    production: production === false ? null : production,
    ...values,
    users: users?.length === 0 ? null : users?.map(writtenUser),
  }
}

/** A title that says no more than the user name is left out. */
function writtenUser({ username, title, password }: TestUser): Json {
  return {
    username,
    ...(title !== '' && title !== username ? { title } : {}),
    ...(password ? { password: { secret: password.secret } } : {}),
  }
}

async function setValue(document: Document<YAMLMap>, name: string, value: Json): Promise<void> {
  const { isNode, isScalar, isSeq } = await import('yaml')
  const old = document.get(name, true)
  if (isScalar(old) && typeof value !== 'object') {
    // The node stays and with it the comment beside it; its old style may not fit the new text.
    old.value = value
    delete old.type
    delete old.tag
    delete old.source
    return
  }
  if (isSeq(old) && Array.isArray(value)) return setItems(document, old, value)
  const node = await createValue(document, value)
  if (isNode(old)) copyComments(old, node)
  document.set(name, node)
}

/** References and pairs stand on one line, lists one item to a line. */
async function createValue(document: Document<YAMLMap>, value: Json): Promise<Node> {
  if (!Array.isArray(value)) return createItem(document, value)
  const list = document.createNode([]) as unknown as YAMLSeq
  list.items = await Promise.all(value.map((one) => createItem(document, one)))
  return list
}

async function createItem(document: Document<YAMLMap>, value: Json): Promise<Node> {
  const { isCollection } = await import('yaml')
  const node = document.createNode(value)
  if (isCollection(node)) node.flow = true
  return node
}

/** Items that did not change stay as they stand, with what is written beside them; a changed test user keeps comments. */
async function setItems(document: Document<YAMLMap>, list: YAMLSeq, values: Json[]): Promise<void> {
  const old = (list.items as Node[]).map((node) => ({ node, value: node.toJS(document) as Json }))
  const take = (fits: (value: Json) => boolean) => {
    const at = old.findIndex(({ value }) => fits(value))
    return at < 0 ? undefined : old.splice(at, 1)[0]?.node
  }
  const items: Node[] = []
  for (const value of values) {
    const same = take((one) => isDeepStrictEqual(one, value))
    const node = same ?? (await createItem(document, value))
    const before = same ?? take((one) => isSameUser(one, value))
    if (before && before !== node) copyComments(before, node)
    items.push(node)
  }
  list.items = items
}

function isSameUser(one: Json, other: Json): boolean {
  return isJsonObject(one) && isJsonObject(other) && one.username !== undefined && one.username === other.username
}

function copyComments(from: Node, to: Node): void {
  if (from.comment) to.comment = from.comment
  if (from.commentBefore) to.commentBefore = from.commentBefore
}
