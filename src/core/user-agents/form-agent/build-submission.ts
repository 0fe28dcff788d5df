import type { NameValue } from '../../../contract/json.ts'
import { submitKinds, type FormControl, type Page, type PageForm } from './page.ts'

/** What sending a form asks of the browser. */
export interface Submission {
  url: URL
  method: 'GET' | 'POST'
  parameters: NameValue[]
  /** POST only */
  body?: string | Uint8Array
  contentType?: string
}

/** Which form is sent, how. */
export interface SubmissionChoice {
  form: PageForm
  /** the button that is pressed */
  submit?: FormControl | undefined
  /** values typed in */
  typed?: Map<FormControl, string>
}

const neverSent = new Set(['button', 'reset', 'file'])

/**
 * Builds the request that a browser makes of a form: controls in order, the pressed button's name and value among them.
 * Answers nothing when the form's action is no address.
 * @see HTML Living Standard §4.10.22 "Form submission"
 */
export async function buildSubmission(page: Page, choice: SubmissionChoice): Promise<Submission | undefined> {
  const { form, submit } = choice
  const action = submit?.formAction ?? form.action
  const url = action === undefined ? new URL(page.url) : URL.parse(action.trim(), page.base.href)
  if (!url) return undefined
  url.hash = ''
  const parameters = entriesOf(choice)
  if ((submit?.formMethod ?? form.method) !== 'post') {
    url.search = new URLSearchParams(parameters).toString()
    return { url, method: 'GET', parameters }
  }
  return { url, method: 'POST', parameters, ...(await encode(parameters, form.enctype)) }
}

function entriesOf({ form, submit, typed }: SubmissionChoice): NameValue[] {
  return form.controls.flatMap((control): NameValue[] => {
    const { kind, name } = control
    if (control.disabled || neverSent.has(kind)) return []
    if (submitKinds.has(kind)) return control === submit ? pressed(control) : []
    if (name === '' || !isTicked(control)) return []
    return [[name, typed?.get(control) ?? control.value]]
  })
}

/** What a page requires to be ticked has to be, or a browser would not send the form. */
function isTicked({ kind, checked, required }: FormControl): boolean {
  if (kind === 'radio') return checked
  return kind !== 'checkbox' || checked || required
}

function pressed({ kind, name, value }: FormControl): NameValue[] {
  if (kind !== 'image') return name === '' ? [] : [[name, value]]
  const prefix = name === '' ? '' : `${name}.`
  return [
    [`${prefix}x`, '0'],
    [`${prefix}y`, '0'],
  ]
}

async function encode(parameters: NameValue[], enctype: string): Promise<Pick<Submission, 'body' | 'contentType'>> {
  if (enctype !== 'multipart/form-data') {
    return { body: new URLSearchParams(parameters).toString(), contentType: 'application/x-www-form-urlencoded' }
  }
  const data = new FormData()
  for (const [name, value] of parameters) data.append(name, value)
  const encoded = new Response(data)
  const contentType = encoded.headers.get('content-type') ?? 'multipart/form-data'
  return { body: new Uint8Array(await encoded.arrayBuffer()), contentType }
}
