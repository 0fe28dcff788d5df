import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    environment: 'node',
    // SECURITY: no test ever meets the keychain of whoever runs it; those that need one bring their own.
    env: { GRANTLAB_NO_KEYCHAIN: '1' },
    include: [
      'src/**/*.test.ts',
      'electron/**/*.test.ts',
      'scripts/**/*.test.ts',
      'tests/contracts/**/*.test.ts',
      'tests/integration/**/*.test.ts',
    ],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
