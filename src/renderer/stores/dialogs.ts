import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** Everything that can float above the window. */
export type DialogName =
  | 'palette'
  | 'new-profile'
  | 'secrets'
  | 'keys'
  | 'form'
  | 'unlock'
  | 'workspace-secrets'
  | 'register'
  | 'share'
  | 'open-workspace'
  | 'new-workspace'

/** Which dialog stands open; never two. */
export const useDialogs = defineStore('dialogs', () => {
  const open = shallowRef<DialogName>()
  /** the address a new profile starts from */
  const address = ref('')

  function show(name: DialogName, startAddress = ''): void {
    address.value = startAddress
    open.value = name
  }

  function close(): void {
    open.value = undefined
  }

  return { open, address, show, close }
})
