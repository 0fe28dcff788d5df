import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/find-browser.js'
import type { HostOption } from './tests/e2e/support/window.ts'

/** Keeps the browser from doing anything but what the test does; without its sandbox only where it cannot have one. */
const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]
const executablePath = findBrowser()

// SECURITY: no test ever meets the keychain of whoever runs it; the hosts that tests start inherit this.
process.env.GRANTLAB_NO_KEYCHAIN = '1'

export default defineConfig<HostOption>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 2,
  timeout: 60_000,
  forbidOnly: true,
  reporter: 'list',
  // The same tests in each host; `@browser` and `@electron` mark the few that are about one of them.
  projects: [
    { name: 'browser host', use: { hostName: 'browser' }, grepInvert: /@electron/ },
    { name: 'simulated Electron', use: { hostName: 'electron' }, grepInvert: /@browser/ },
  ],
  use: {
    browserName: 'chromium',
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: { args, ...(executablePath ? { executablePath } : {}) },
  },
})
