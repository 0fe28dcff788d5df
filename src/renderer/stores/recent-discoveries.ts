import { shallowRef } from 'vue'

/** A server or API that was found here before. */
export interface RecentDiscovery {
  kind: 'server' | 'resource'
  address: string
}

const storageKey = 'grantlab.discovered'
const most = 8
const longestAddress = 500

/** The latest addresses that answered, newest first, kept over reloads. What a person pasted is not kept, only its address. */
export function useRecentDiscoveries() {
  const list = shallowRef<readonly RecentDiscovery[]>(stored())

  function add(found: RecentDiscovery): void {
    if (found.address.length > longestAddress) return
    const others = list.value.filter(({ kind, address }) => kind !== found.kind || address !== found.address)
    list.value = [found, ...others].slice(0, most)
    globalThis.localStorage?.setItem(storageKey, JSON.stringify(list.value))
  }

  function clear(): void {
    list.value = []
    globalThis.localStorage?.removeItem(storageKey)
  }

  return { list, add, clear }
}

function stored(): RecentDiscovery[] {
  try {
    const found: unknown = JSON.parse(globalThis.localStorage?.getItem(storageKey) ?? '[]')
    return Array.isArray(found) ? found.filter(isRecent).slice(0, most) : []
  } catch {
    return []
  }
}

function isRecent(value: unknown): value is RecentDiscovery {
  const { kind, address } = (value ?? {}) as Partial<RecentDiscovery>
  return (kind === 'server' || kind === 'resource') && typeof address === 'string' && /^https?:\/\//.test(address)
}
