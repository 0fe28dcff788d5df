import { describe, expect, it } from 'vitest'
import { findConsentChoice } from './consent-form.ts'
import { isLoopback, isProtected, originOf, referrerOf } from './origin-headers.ts'
import { readPage } from './read-page.ts'
import { findCodeControl, findSignInForm } from './sign-in-form.ts'

const page = (html: string) =>
  readPage({ url: new URL('https://as.example/'), status: 200, html, headers: new Headers() })
const names = (html: string) => {
  const found = findSignInForm(page(html))
  return found && [found.username?.name, found.password?.name, found.submit?.label]
}

describe('findSignInForm', () => {
  it.each([
    [
      'by autocomplete',
      '<input name="x"><input name="q" autocomplete="section-a username webauthn"><input type=password name=p><button>OK</button>',
      ['q', 'p', 'OK'],
    ],
    ['by type', '<input name="x"><input name="q" type="email"><input type=password name=p>', ['q', 'p', undefined]],
    [
      'by name',
      '<input name="x"><input name="j_username"><input type=password name=p>',
      ['j_username', 'p', undefined],
    ],
    [
      'by placeholder',
      '<input name="f1" placeholder="E-mail or phone"><input type=password name=p>',
      ['f1', 'p', undefined],
    ],
    [
      'by place',
      '<input name="tenant"><input name="q"><input type=password name=p><input name="after">',
      ['q', 'p', undefined],
    ],
    [
      'password alone',
      '<input type=hidden name=username value=alice><input type=password name=p>',
      [undefined, 'p', undefined],
    ],
    [
      'past a trap',
      '<input type=password name=trap style="display:none"><input name=user><input type=password name=p>',
      ['user', 'p', undefined],
    ],
    [
      'hidden until a script shows it',
      '<input name=user><div hidden><input type=password name=p></div>',
      ['user', 'p', undefined],
    ],
    [
      'past other buttons',
      '<input name=user><input type=password name=p><button>Show</button><button>Cancel</button><button>Sign in with Google</button><input type=submit value="Log in">',
      ['user', 'p', 'Log in'],
    ],
    ['user name first', '<input name="identifier"><input type=submit value=Next>', ['identifier', undefined, 'Next']],
  ])('%s', (_what, controls, expected) => {
    expect(names(`<form>${controls}</form>`)).toEqual(expected)
  })

  it('prefers the form with the current password', () => {
    const html = `<form><input name=user><input type=password name=a></form><form><input name=user><input type=password name=b autocomplete=current-password></form>`
    expect(names(html)?.[1]).toBe('b')
  })

  it.each([
    ['a new password', '<form><input name=user><input type=password name=a autocomplete=new-password></form>'],
    ['a repeated password', '<form><input name=user><input type=password name=a><input type=password name=b></form>'],
    ['a search', '<form role="search"><input name="user"></form>'],
    ['a newsletter', '<form action="/newsletter"><input type="email" name="email"><button>Go</button></form>'],
    ['a registration', '<form><input type="email" name="email"><button>Sign up</button></form>'],
    ['a code', '<form><input type="password" name="otp"></form>'],
  ])('is not %s', (_what, html) => {
    expect(names(html)).toBeUndefined()
  })

  it('tells a one-time code', () => {
    expect(findCodeControl(page('<form><input type=tel name=verificationCode></form>'))?.name).toBe('verificationCode')
    expect(findCodeControl(page('<form><input name=zipcode><input type=hidden name=otp></form>'))).toBeUndefined()
  })
})

describe('findConsentChoice', () => {
  const choose = (html: string, wanted: 'allow' | 'deny') => {
    const choice = findConsentChoice(page(html), wanted)
    return choice && ('link' in choice ? choice.link.label : choice.submit.label)
  }

  it.each([
    ['<form><button>Decline</button><button>Accept</button></form>', 'Accept', 'Decline'],
    ['<form><button>Do not allow</button><button>Allow</button></form>', 'Allow', 'Do not allow'],
    ["<form><button>Don't allow</button><button>Allow</button></form>", 'Allow', "Don't allow"],
    [
      '<form><input type=submit name=cancel value="Zurück"><input type=submit name=accept value="Ja"></form>',
      'Ja',
      'Zurück',
    ],
    [
      '<form><button>Continue as alice</button></form><form><button>Sign out</button></form>',
      'Continue as alice',
      undefined,
    ],
    ['<form><button>Weiter</button></form><a href="/no">Abbrechen</a>', 'Weiter', 'Abbrechen'],
    ['<form class="language-form"><button>OK</button></form><form><button>Los</button></form>', 'Los', undefined],
    ['<form><input name="reason"><button>Allow</button></form>', undefined, undefined],
    ['<form><button disabled>Allow</button></form>', undefined, undefined],
    ['<a href="/no">Cancel</a>', undefined, undefined],
  ])('%s', (html, allow, deny) => {
    expect(choose(html, 'allow')).toBe(allow)
    expect(choose(html, 'deny')).toBe(deny)
  })
})

describe('what a browser tells of where it came from', () => {
  const go = (policy: string, to: string, from = 'https://a.example/p?q=1#f') => {
    const started = { from: new URL(from), policy, to: new URL(to) }
    return [referrerOf(started), originOf(started)]
  }
  const [whole, origin] = ['https://a.example/p?q=1', 'https://a.example']

  it.each([
    ['', 'https://a.example/x', whole, origin],
    ['', 'https://b.example/x', `${origin}/`, origin],
    ['', 'http://b.example/x', undefined, 'null'],
    ['nonsense', 'https://b.example/x', `${origin}/`, origin],
    ['no-referrer', 'https://a.example/x', undefined, 'null'],
    ['same-origin', 'https://b.example/x', undefined, 'null'],
    ['same-origin', 'https://a.example/x', whole, origin],
    ['origin', 'http://b.example/x', `${origin}/`, origin],
    ['strict-origin', 'https://a.example/x', `${origin}/`, origin],
    ['origin-when-cross-origin', 'http://b.example/x', `${origin}/`, origin],
    ['no-referrer-when-downgrade', 'https://b.example/x', whole, origin],
    ['unsafe-url', 'http://b.example/x', whole, origin],
  ])('under %j to %s', (policy, to, ...told) => {
    expect(go(policy, to)).toEqual(told)
  })

  it('takes this machine for protected, and nothing that only looks like it', () => {
    for (const host of ['localhost', 'as.localhost', '127.0.0.1', '127.8.9.1', '[::1]']) {
      expect(isProtected(new URL(`http://${host}:1/`)), host).toBe(true)
    }
    for (const host of ['127.0.0.1.example', '127.example', 'localhost.example', '10.0.0.1', '[::2]', '0.0.0.0']) {
      expect(isLoopback(new URL(`http://${host}:1/`)), host).toBe(false)
      expect(isProtected(new URL(`http://${host}:1/`)), host).toBe(false)
    }
  })
})
