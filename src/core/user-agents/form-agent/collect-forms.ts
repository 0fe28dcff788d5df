import { attributeOf, textOf, walkTree, type HtmlElement, type Scope } from './html-tree.ts'
import type { FormControl, PageForm } from './page.ts'

const controlTags = new Set(['input', 'button', 'select', 'textarea'])
const longestLabel = 100
const mostForms = 100
const mostControls = 2_000

/** Gathers forms and their controls while a tree is walked. */
export class FormCollector {
  readonly #forms = new Map<HtmlElement, PageForm>()
  /** controls that name their form by id, which may come later in the page */
  readonly #named: { id: string; control: FormControl }[] = []
  #last: HtmlElement | undefined
  #controls = 0

  element(element: HtmlElement, scope: Scope): void {
    if (element.tagName === 'form' && this.#forms.size < mostForms) {
      this.#forms.set(element, readForm(element))
      this.#last = element
    }
    if (!controlTags.has(element.tagName) || ++this.#controls > mostControls) return
    const control = readControl(element, scope)
    const id = attributeOf(element, 'form')
    if (id !== undefined) this.#named.push({ id, control })
    else this.#forms.get(scope.form ?? this.#formBefore() ?? element)?.controls.push(control)
  }

  finish(): PageForm[] {
    const forms = [...this.#forms.values()]
    for (const { id, control } of this.#named) forms.find((form) => form.id === id)?.controls.push(control)
    return forms
  }

  /** A form written between table tags ends up empty in the tree; browsers still give it the controls that follow. */
  #formBefore(): HtmlElement | undefined {
    return this.#last?.childNodes.some((child) => 'attrs' in child) ? undefined : this.#last
  }
}

function readForm(element: HtmlElement): PageForm {
  const action = attributeOf(element, 'action')
  const marks = ['id', 'name', 'class', 'role', 'aria-label'].map((name) => attributeOf(element, name) ?? '')
  return {
    id: attributeOf(element, 'id') ?? '',
    ...(action ? { action } : {}),
    method: (attributeOf(element, 'method') ?? 'get').trim().toLowerCase(),
    enctype: (attributeOf(element, 'enctype') ?? '').trim().toLowerCase(),
    marks: marks.join(' '),
    controls: [],
  }
}

function readControl(element: HtmlElement, scope: Scope): FormControl {
  const read = (name: string) => attributeOf(element, name) ?? ''
  const has = (name: string) => attributeOf(element, name) !== undefined
  const kind = kindOf(element)
  const [formAction, formMethod] = [attributeOf(element, 'formaction'), attributeOf(element, 'formmethod')]
  return {
    kind,
    name: read('name'),
    id: read('id'),
    value: valueOf(element, kind),
    label: labelOf(element),
    autocomplete: read('autocomplete').toLowerCase().split(/\s+/).filter(Boolean),
    checked: has('checked'),
    required: has('required'),
    disabled: scope.disabled || has('disabled'),
    readOnly: has('readonly'),
    hidden: scope.hidden || kind === 'hidden',
    noscript: scope.noscript,
    ...(formAction ? { formAction } : {}),
    ...(formMethod ? { formMethod: formMethod.trim().toLowerCase() } : {}),
  }
}

function kindOf(element: HtmlElement): string {
  const type = (attributeOf(element, 'type') ?? '').trim().toLowerCase()
  if (element.tagName === 'button') return type === 'button' || type === 'reset' ? type : 'submit'
  if (element.tagName !== 'input') return element.tagName
  return type === '' ? 'text' : type
}

function valueOf(element: HtmlElement, kind: string): string {
  if (kind === 'select') return selectedValueOf(element)
  if (kind === 'textarea') return element.childNodes.map((child) => ('value' in child ? child.value : '')).join('')
  return attributeOf(element, 'value') ?? (kind === 'checkbox' || kind === 'radio' ? 'on' : '')
}

function selectedValueOf(select: HtmlElement): string {
  const options: HtmlElement[] = []
  walkTree(select, {
    element: (element) => void (element.tagName === 'option' && options.push(element)),
    text: () => undefined,
  })
  const chosen = options.filter((option) => attributeOf(option, 'selected') !== undefined).at(-1) ?? options[0]
  return chosen ? (attributeOf(chosen, 'value') ?? textOf(chosen, 1_000)) : ''
}

function labelOf(element: HtmlElement): string {
  const text = element.tagName === 'button' ? textOf(element, longestLabel) : ''
  const isInputButton =
    element.tagName === 'input' && /^(submit|image|button)$/i.test(attributeOf(element, 'type') ?? '')
  const shown = isInputButton ? attributeOf(element, 'value') : undefined
  const named = ['aria-label', 'alt', 'title', 'placeholder'].map((name) => attributeOf(element, name)).find(Boolean)
  return (text || shown || named || '').slice(0, longestLabel)
}
