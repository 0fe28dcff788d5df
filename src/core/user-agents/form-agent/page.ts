/** A control of a form, as far as filling in and sending it needs. */
export interface FormControl {
  /** an input's type, or `select`, `textarea`; submit buttons are `submit` or `image`, whatever their tag */
  kind: string
  name: string
  id: string
  /** what it would send untouched */
  value: string
  /** what a person reads on or in it */
  label: string
  autocomplete: string[]
  /** checkbox and radio only */
  checked: boolean
  required: boolean
  disabled: boolean
  readOnly: boolean
  /** not to be seen: its own or an ancestor's `hidden` or inline style */
  hidden: boolean
  /** stands in a noscript element */
  noscript: boolean
  /** `formaction` and `formmethod` of a submit button */
  formAction?: string
  formMethod?: string
}

/** A form of a page. */
export interface PageForm {
  id: string
  /** as written; absent means the page's own address */
  action?: string
  method: string
  enctype: string
  /** names that tell what it is for: id, name, class, role, aria-label */
  marks: string
  controls: FormControl[]
}

/** Where a page sends the browser by itself. */
export interface PageRefresh {
  delaySeconds: number
  /** absolute */
  url: string
  noscript: boolean
}

/** A link a person could follow. */
export interface PageLink {
  href: string
  label: string
}

/** An HTML page as the form agent sees it: plain data, all texts unescaped and bounded. */
export interface Page {
  /** address without fragment */
  url: URL
  /** what relative addresses are resolved against */
  base: URL
  status: number
  title: string
  /** what a person could read, white space collapsed */
  text: string
  /** texts marked as errors or alerts */
  alerts: string[]
  forms: PageForm[]
  links: PageLink[]
  refresh?: PageRefresh
  /** its script sends a form by itself */
  submitsItself: boolean
  hasScript: boolean
  hasFrame: boolean
  hasCaptcha: boolean
  /** WWW-Authenticate, empty without one */
  challenge: string
  /** as its header or meta element says, lower case; empty when neither does */
  referrerPolicy: string
}

/** Kinds of control that a person types text into. */
export const typedKinds: ReadonlySet<string> = new Set(['text', 'email', 'tel', 'url', 'number', 'search', 'textarea'])

/** Kinds of control that send the form. */
export const submitKinds: ReadonlySet<string> = new Set(['submit', 'image'])

/** The submit buttons of a form that can be pressed, in order. */
export function submitsOf(form: PageForm): FormControl[] {
  return form.controls.filter((control) => submitKinds.has(control.kind) && !control.disabled && !control.hidden)
}
