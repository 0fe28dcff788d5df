import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const inProject = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The window: one page for every host. */
export default defineConfig({
  root: inProject('src/renderer'),
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [vue(), tailwindcss()],
  // Each answer gets a nonce of its own there (src/page/page-answer.ts).
  html: { cspNonce: '__NONCE__' },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: {
    outDir: inProject('out/renderer'),
    emptyOutDir: true,
    minify: true,
    // A font inside the stylesheet would be a data: address, which the page's policy refuses.
    assetsInlineLimit: 0,
    // The editor is large and loaded only where something is edited.
    chunkSizeWarningLimit: 4096,
    target: 'es2024',
    modulePreload: { polyfill: false },
  },
})
