import { submitsOf, typedKinds, type FormControl, type Page, type PageForm, type PageLink } from './page.ts'

/** What refuses or allows on a consent page: a button with its form, or a link. */
export type ConsentChoice = { form: PageForm; submit: FormControl } | { link: PageLink }

const denyWords =
  /\b(?:deny|denied|decline|cancel|no|not now|do not|reject|refuse|disagree|abort|don'?t|disallow|ablehnen|abbrechen|refuser|annuler|rechazar|cancelar)\b/i
const allowWords =
  /\b(?:allow|accept|continue|approve|yes|authori[sz]e|confirm|agree|grant|consent|proceed|ok|okay|next|trust|erlauben|zulassen|zustimmen|weiter|autoriser|accepter|permitir|aceptar|autorizar)\b/i
const elsewhereWords =
  /sign.?out|log.?out|switch|different|another|other account|not you|language|search|help|\bback\b|subscribe|try again|retry/i

/** Finds what answers a consent page as wanted, or nothing when the page does not offer it. */
export function findConsentChoice(page: Page, wanted: 'allow' | 'deny'): ConsentChoice | undefined {
  const offered = page.forms
    .filter(isConsentForm)
    .flatMap((form) => submitsOf(form).map((submit) => ({ form, submit })))
  const choices = offered.filter(({ form, submit }) => !elsewhereWords.test(`${submit.label} ${form.marks}`))
  if (wanted === 'allow') {
    const willing = choices.filter((choice) => meaningOf(choice) !== 'deny')
    return willing.find((choice) => meaningOf(choice) === 'allow') ?? willing[0]
  }
  // Only a page that also lets one allow asks for consent; "Cancel" elsewhere means something else.
  const refusal = choices.find((choice) => meaningOf(choice) === 'deny')
  if (refusal) return refusal
  const link = choices.length > 0 ? page.links.find(({ label }) => denyWords.test(label)) : undefined
  return link ? { link } : undefined
}

/** A consent form asks for nothing to be typed. */
function isConsentForm(form: PageForm): boolean {
  return !form.controls.some((control) => {
    const typed = control.kind === 'password' || typedKinds.has(control.kind)
    return typed && !control.hidden && !control.disabled && !control.readOnly
  })
}

/** Random tokens may hold any word; a decision is one. */
function isWord(value: string): boolean {
  return /^[a-z _-]{2,20}$/i.test(value)
}

/** What a button says counts first; a page in another language still names its button or value in English. */
function meaningOf({ form, submit }: { form: PageForm; submit: FormControl }): 'allow' | 'deny' | undefined {
  const only = submitsOf(form).length === 1 ? form.controls.filter(({ kind }) => kind === 'hidden') : []
  const technical = [submit.value, submit.name, submit.id, ...only.map(({ value }) => value).filter(isWord)]
  for (const words of [submit.label, technical.join(' ').replaceAll(/[_-]/g, ' ')]) {
    if (denyWords.test(words)) return 'deny'
    if (allowWords.test(words)) return 'allow'
  }
  return undefined
}
