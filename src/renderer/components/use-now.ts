import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** The time in milliseconds, told anew each second while the caller lives; for distances such as `in 52 s`. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
