import { app } from 'electron'

/** Keeps the window's browser from contacting anybody, and from opening the person's keychain, on its own. */
export function quietBrowser(): void {
  for (const flag of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'no-pings',
    // It keeps nothing that would need a key; the engine's own secrets are sealed by the engine.
    'use-mock-keychain',
  ]) {
    app.commandLine.appendSwitch(flag)
  }
  app.commandLine.appendSwitch('password-store', 'basic')
}
