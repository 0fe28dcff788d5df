import type { NameValue } from '../../contract/json.ts'
import { escapeHtml } from './escape-html.ts'
import { renderPage, type RedirectPage } from './page-frame.ts'

/** The form field that carries a fragment back to Grantlab. */
export const fragmentField = 'grantlab_fragment'

const goBack = '<p>You can close this tab and go back to Grantlab.</p>'
const longestShown = 1_000

/** For an answer that belongs to a run: signed in, signed out, or what the server said. `address` stays in the address bar. */
export function answerPage(parameters: NameValue[], address: string): RedirectPage {
  const error = valueOf(parameters, 'error')
  if (error === undefined) {
    return renderPage({
      status: 200,
      title: isSignIn(parameters) ? 'Signed in' : 'Done',
      tone: 'good',
      content: `<p>Grantlab has the answer.</p>\n${goBack}`,
      address,
    })
  }
  const rows = ['error', 'error_description', 'error_uri'].flatMap((name) => {
    const value = valueOf(parameters, name)
    return value ? [`<dt>${name}</dt><dd>${escapeHtml(shorten(value))}</dd>`] : []
  })
  return renderPage({
    status: 200,
    title: 'The server answered with an error',
    tone: 'bad',
    content: `<dl>${rows.join('')}</dl>\n<p>Grantlab has it and explains it.</p>\n${goBack}`,
    address,
  })
}

/** What comes back from signing out carries a state alone. */
function isSignIn(parameters: NameValue[]): boolean {
  return parameters.some(([name]) => name !== 'state')
}

/** For an answer at the right address with another state, or none. */
export function otherSignInPage(address: string): RedirectPage {
  return renderPage({
    status: 400,
    title: 'This answer belongs to another sign-in',
    tone: 'calm',
    content: `<p>It does not carry the state of the sign-in that Grantlab waits for, so it was not used. Grantlab goes on waiting.</p>
<p>An old tab, a bookmark or a second browser window can cause this. Go back to Grantlab and sign in from the address it shows.</p>`,
    address,
  })
}

/** For an answer that came before, such as a reload of the result page. */
export function repeatedPage(address: string): RedirectPage {
  return renderPage({
    status: 200,
    title: 'Grantlab has this answer already',
    tone: 'calm',
    content: `<p>It came before and was not used a second time.</p>\n${goBack}`,
    address,
  })
}

/** For the answer of a run that was cancelled, or ended otherwise, before it came. */
export function endedPage(address: string): RedirectPage {
  return renderPage({
    status: 200,
    title: 'This sign-in has ended',
    tone: 'calm',
    content: `<p>Grantlab no longer waits for it, so the answer was not used.</p>\n${goBack}`,
    address,
  })
}

/**
 * For a visit without any parameter: the answer may stand in the fragment, which no browser sends. The page's script
 * posts it back, once, and takes it out of the address bar first.
 * @see OAuth 2.0 Multiple Response Type Encoding Practices §5
 */
export function fragmentPage(address: string): RedirectPage {
  return renderPage({
    status: 200,
    title: 'Grantlab waits for an answer here',
    tone: 'calm',
    content: `<p id="nothing">Nothing came with this address. If you have just signed in, you can close this tab and go back to Grantlab.</p>
<noscript><p>If the address bar shows more behind a # sign, copy the whole address and paste it into Grantlab.</p></noscript>
<form method="post" action="${escapeHtml(address)}"><input type="hidden" name="${fragmentField}"></form>`,
    address,
    script: `const fragment=location.hash.slice(1),form=document.forms[0];history.replaceState(null,'',document.body.dataset.address);if(fragment){document.getElementById('nothing').textContent='Handing the answer to Grantlab.';form.elements[0].value=fragment;form.submit()}`,
    posts: true,
  })
}

/** For a POST at the right address that carries no answer. */
export function nothingPage(address: string): RedirectPage {
  return renderPage({
    status: 400,
    title: 'There was no answer in this',
    tone: 'calm',
    content: '<p>It carries no code, no error and no state. Grantlab goes on waiting.</p>',
    address,
  })
}

function valueOf(parameters: NameValue[], name: string): string | undefined {
  return parameters.find(([candidate]) => candidate === name)?.[1]
}

function shorten(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}
