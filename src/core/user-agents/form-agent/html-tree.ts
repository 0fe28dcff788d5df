import type { DefaultTreeAdapterTypes } from 'parse5'

export type HtmlElement = DefaultTreeAdapterTypes.Element
export type HtmlNode = DefaultTreeAdapterTypes.Node

/** What an element passes on to everything inside it. */
export interface Scope {
  hidden: boolean
  noscript: boolean
  disabled: boolean
  /** its text is not for people: script, style, title, options … */
  silent: boolean
  /** the nearest form element */
  form: HtmlElement | null
}

/** Gets every element and every text a person could read, in document order. */
export interface TreeVisitor {
  element(element: HtmlElement, scope: Scope): void
  text(text: string): void
}

const silentTags = new Set(['script', 'style', 'title', 'template', 'select', 'textarea', 'datalist', 'svg', 'math'])
const unseenStyle = /display\s*:\s*none|visibility\s*:\s*hidden/i

/**
 * Walks a tree without recursion, so that no nesting depth can exhaust the stack, and once, so that it is linear;
 * `mostNodes` ends it early.
 */
export function walkTree(root: HtmlNode, visitor: TreeVisitor, mostNodes = Infinity): void {
  const open: Place[] = [[root, outermost]]
  let left = mostNodes
  for (let next = open.pop(); next && left > 0; next = open.pop(), left--) {
    const [node, scope] = next
    if ('attrs' in node) {
      const inner = enter(node, scope)
      visitor.element(node, inner)
      pushChildren(open, node, inner)
    } else if ('childNodes' in node) pushChildren(open, node, scope)
    else if (isShownText(node, scope)) visitor.text(node.value)
  }
}

type Place = [node: HtmlNode, scope: Scope]

function pushChildren(open: Place[], parent: DefaultTreeAdapterTypes.ParentNode, scope: Scope): void {
  for (let index = parent.childNodes.length - 1; index >= 0; index--) {
    const child = parent.childNodes[index]
    if (child) open.push([child, scope])
  }
}

function isShownText(node: HtmlNode, scope: Scope): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text' && !scope.silent && !scope.hidden
}

const outermost: Scope = { hidden: false, noscript: false, disabled: false, silent: false, form: null }

function enter(element: HtmlElement, outer: Scope): Scope {
  const { tagName } = element
  return {
    hidden: outer.hidden || attributeOf(element, 'hidden') !== undefined || isUnseen(element),
    noscript: outer.noscript || tagName === 'noscript',
    disabled: outer.disabled || (tagName === 'fieldset' && attributeOf(element, 'disabled') !== undefined),
    silent: outer.silent || silentTags.has(tagName),
    form: tagName === 'form' ? element : outer.form,
  }
}

function isUnseen(element: HtmlElement): boolean {
  return unseenStyle.test(attributeOf(element, 'style') ?? '')
}

/** The value of an attribute, undefined when it is not there. */
export function attributeOf(element: HtmlElement, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value
}

/** Enough for any label or message; nested elements must not be read again and again in full. */
const mostNodesOfText = 2_000

/** The text inside an element, white space collapsed, at most `limit` characters. */
export function textOf(element: HtmlElement, limit: number): string {
  let text = ''
  const visitor = { element: () => undefined, text: (piece: string) => void (text = joinText(text, piece, limit)) }
  walkTree(element, visitor, mostNodesOfText)
  return tidyText(text, limit)
}

/** Adds a piece of text, its white space collapsed, while the text is not over the limit. */
export function joinText(text: string, piece: string, limit: number): string {
  return text.length > limit ? text : `${text} ${piece.replace(/\s+/g, ' ')}`
}

/** White space collapsed, control characters dropped, at most `limit` characters. */
export function tidyText(text: string, limit: number): string {
  const tidy = text
    .replace(/\s+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
  return tidy.length > limit ? `${tidy.slice(0, limit)}…` : tidy
}
