import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Whether the window is narrower than a width, told anew as it changes. */
export function useNarrow({ pixels }: { pixels: number }): Readonly<Ref<boolean>> {
  const query = matchMedia(`(max-width: ${pixels - 0.02}px)`)
  const isNarrow = ref(query.matches)
  const update = () => (isNarrow.value = query.matches)
  query.addEventListener('change', update)
  onScopeDispose(() => query.removeEventListener('change', update))
  return readonly(isNarrow)
}
