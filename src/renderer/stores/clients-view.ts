import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The tabs of the screen of clients. */
export const clientsTabs = ['clients', 'grants', 'registered', 'consent'] as const

/** One of them. */
export type ClientsTab = (typeof clientsTabs)[number]

/** How the screen of clients is looked at; it stays from one visit to the next. */
export const useClientsView = defineStore('clients-view', () => {
  const tab = ref<ClientsTab>('clients')
  const clients = ref({ text: '', type: '', grantType: '' })
  const grants = ref({ text: '', isUnused: false })
  /** only what was registered at the server of the profile in use */
  const isOfServer = ref(true)
  return { tab, clients, grants, isOfServer }
})
