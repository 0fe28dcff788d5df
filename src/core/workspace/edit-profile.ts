import { isDeepStrictEqual } from 'node:util'
import type { Document, Node, YAMLMap } from 'yaml'
import type { TextFile } from '../files/read-text-file.ts'
import type { ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import { type YamlFile, fileProblem } from './yaml-file.ts'

/** A profile as it shall stand in its file. */
export interface ProfileChange {
  /** left out: stays as it is; empty: taken away */
  title?: string | undefined
  /** all values of the profile, checked; what is not here is taken away */
  values: ParameterValues
}

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
    const stays = key === 'version' || key === 'title' || Object.hasOwn(change.values, key)
    if (!stays) yaml.document.delete(key)
  }
  await applyChange(yaml.document, change, new Map(yaml.entries.map(({ key, value }) => [key, value])))
  const text = toText(yaml)
  return (file.hasBom ? '\uFEFF' : '') + (file.hasCrlf ? text.replaceAll('\n', '\r\n') : text)
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
  { title, values }: ProfileChange,
  before: ReadonlyMap<string, Json> = new Map(),
): Promise<void> {
  if (title === '') document.delete('title')
  else if (title !== undefined && title !== before.get('title')) document.set('title', title)
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || isDeepStrictEqual(before.get(name), value)) continue
    await setValue(document, name, value)
  }
}

async function setValue(document: Document<YAMLMap>, name: string, value: Json): Promise<void> {
  const { isNode, isScalar } = await import('yaml')
  const old = document.get(name, true)
  if (isScalar(old) && typeof value !== 'object') {
    // The node stays and with it the comment beside it; its old style may not fit the new text.
    old.value = value
    delete old.type
    delete old.tag
    delete old.source
    return
  }
  const node = await createValue(document, value)
  if (isNode(old)) copyComments(old, node)
  document.set(name, node)
}

/** References and pairs stand on one line, lists one item to a line. */
async function createValue(document: Document<YAMLMap>, value: Json): Promise<Node> {
  const { isCollection } = await import('yaml')
  const node = document.createNode(value)
  const inner = isCollection(node) && Array.isArray(value) ? node.items : [node]
  for (const item of inner) if (isCollection(item)) item.flow = true
  return node
}

function copyComments(from: Node, to: Node): void {
  if (from.comment) to.comment = from.comment
  if (from.commentBefore) to.commentBefore = from.commentBefore
}
