import { submitsOf, typedKinds, type FormControl, type Page, type PageForm } from './page.ts'

/** A form that asks who signs in: both at once, the user name first, or the password alone. */
export interface SignInForm {
  form: PageForm
  username?: FormControl
  password?: FormControl
  /** pressed to send it; absent when the form has none */
  submit?: FormControl
}

const userWords = /user|login|log-in|e-?mail|identifier|account|upn|signin|benutzer|usuario|utilisateur/i
const codeWords = /\botp\b|one.?time|totp|passcode|verification.?code|\bmfa\b|\b2fa\b|security.?code/i
const otherFormWords = /search|newsletter|subscribe|sign.?up|regist(?:er|ration)|create/i
const otherButtonWords =
  /\b(?:show|hide|reveal|toggle|forgot(?:ten)?|reset|create|register|cancel|back|deny)\b|sign.?up|\bwith\s+(?:google|apple|microsoft|facebook|github|a\s+passkey)/i
const signInWords = /sign.?in|log.?[io]n|\bnext\b|continue|submit|anmelden|weiter|connexion|entrar|iniciar/i

/** Finds the form that asks for a password, else the one that asks for a user name first. */
export function findSignInForm(page: Page): SignInForm | undefined {
  const asking = page.forms.flatMap((form) => passwordFormOf(form) ?? [])
  const current = asking.find(({ password }) => password?.autocomplete.includes('current-password'))
  return current ?? asking[0] ?? page.forms.flatMap((form) => usernameFormOf(form) ?? [])[0]
}

/** The control that asks for a one-time code, which no stored password answers. */
export function findCodeControl(page: Page): FormControl | undefined {
  return page.forms.flatMap((form) => form.controls).find((control) => isTyped(control) && isCode(control))
}

function passwordFormOf(form: PageForm): SignInForm | undefined {
  const passwords = form.controls.filter((c) => c.kind === 'password' && !c.disabled && !isCode(c))
  // A hidden one beside a visible one is there to mislead password managers.
  const shown = passwords.filter((control) => !control.hidden)
  const [password, second] = shown.length > 0 ? shown : passwords
  // Two are a form for a new password.
  if (!password || second || password.autocomplete.includes('new-password')) return undefined
  return { form, password, ...withOptional(usernameOf(form, password), submitOf(form)) }
}

function usernameFormOf(form: PageForm): SignInForm | undefined {
  const submit = submitOf(form)
  const isOther =
    form.controls.some((c) => c.kind === 'password') || otherFormWords.test(`${form.marks} ${form.action ?? ''}`)
  // All its buttons do something else: register, subscribe.
  const isElse = !submit && submitsOf(form).length > 0
  if (isOther || isElse || (submit && otherFormWords.test(submit.label))) return undefined
  const username = namedUsernameOf(form.controls)
  return username ? { form, username, ...withOptional(undefined, submit) } : undefined
}

function withOptional(username: FormControl | undefined, submit: FormControl | undefined): Partial<SignInForm> {
  return { ...(username ? { username } : {}), ...(submit ? { submit } : {}) }
}

function usernameOf(form: PageForm, password: FormControl): FormControl | undefined {
  const before = form.controls.slice(0, form.controls.indexOf(password))
  return namedUsernameOf(form.controls) ?? before.filter(isTyped).at(-1)
}

function namedUsernameOf(controls: FormControl[]): FormControl | undefined {
  const typed = controls.filter((control) => isTyped(control) && control.kind !== 'search' && !isCode(control))
  return (
    typed.find((control) => control.autocomplete.includes('username')) ??
    typed.find((control) => control.kind === 'email' || control.autocomplete.includes('email')) ??
    typed.find((control) => userWords.test(`${control.name} ${control.id} ${control.label}`))
  )
}

function isTyped(control: FormControl): boolean {
  const kindFits = typedKinds.has(control.kind) || control.kind === 'password'
  return kindFits && control.kind !== 'textarea' && !control.disabled && !control.readOnly && !control.hidden
}

function isCode(control: FormControl): boolean {
  return (
    control.autocomplete.includes('one-time-code') || codeWords.test(`${control.name} ${control.id} ${control.label}`)
  )
}

/** The button that signs in: by its words, else the first that does nothing else. */
function submitOf(form: PageForm): FormControl | undefined {
  const submits = submitsOf(form).filter(({ label }) => !otherButtonWords.test(label))
  return submits.find(({ label }) => signInWords.test(label)) ?? submits[0]
}
