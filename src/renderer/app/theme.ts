import { onScopeDispose, watchEffect, type Ref } from 'vue'
import type { Theme } from '../stores/preferences.ts'

/** Shows a theme; `system` follows what the system prefers, also when that changes. */
export function useTheme(theme: Readonly<Ref<Theme>>): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const show = () => {
    const isDark = theme.value === 'dark' || (theme.value === 'system' && dark.matches)
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  }
  watchEffect(show)
  dark.addEventListener('change', show)
  onScopeDispose(() => dark.removeEventListener('change', show))
}
