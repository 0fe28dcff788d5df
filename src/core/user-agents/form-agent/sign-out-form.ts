import { submitsOf, typedKinds, type FormControl, type Page, type PageForm } from './page.ts'

const signOutWords =
  /sign.?out|log.?out|log.?off|\bend (?:the )?session\b|\b(?:yes|confirm|continue|abmelden|d[ée]connexion|d[ée]connecter|cerrar sesi[óo]n)\b/i
const stayWords = /\b(?:stay|keep|remain|cancel|no|not|back|return|deny|abbrechen|annuler|cancelar)\b/i

/** The button that confirms signing out, with its form; undefined when the page does not ask. */
export function findSignOutChoice(page: Page): { form: PageForm; submit: FormControl } | undefined {
  const choices = page.forms
    .filter((form) => !form.controls.some(isTyped))
    .flatMap((form) => submitsOf(form).map((submit) => ({ form, submit })))
  const willing = choices.filter(({ submit }) => !stayWords.test(submit.label))
  return willing.find(({ submit }) => signOutWords.test(`${submit.label} ${submit.name} ${submit.value}`))
}

function isTyped({ kind, hidden, disabled }: FormControl): boolean {
  return (kind === 'password' || typedKinds.has(kind)) && !hidden && !disabled
}
