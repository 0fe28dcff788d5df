import { computed, type ComputedRef } from 'vue'
import { type ClientsTab, useClientsView } from '../../stores/clients-view.ts'
import { useDialogs } from '../../stores/dialogs.ts'
import { useEngineDescription } from '../../stores/engine-description.ts'
import { usePlaces } from '../../stores/places.ts'
import { useWelcome } from '../../stores/welcome.ts'
import type { PaletteAction } from './matching-actions.ts'

const tabs: [ClientsTab, string][] = [
  ['clients', 'Clients'],
  ['grants', 'Grants'],
  ['registered', 'Registered here'],
  ['consent', 'Consent'],
]

/** What can be done about clients: a new one, and the ways to look at those that are there. */
export function useClientActions(): ComputedRef<PaletteAction[]> {
  const descriptions = useEngineDescription()
  const dialogs = useDialogs()
  const places = usePlaces()
  const view = useClientsView()
  const welcome = useWelcome()
  const open = (tab: ClientsTab) => {
    welcome.pass()
    view.tab = tab
    places.go('clients')
  }
  return computed(() => [
    ...(descriptions.operationOf('register')
      ? [
          {
            id: 'register-client',
            group: 'Clients',
            title: 'Register a client…',
            hint: 'RFC 7591',
            act: () => dialogs.show('register'),
          },
        ]
      : []),
    ...tabs.map(([tab, title]) => ({ id: `clients ${tab}`, group: 'Clients', title, act: () => open(tab) })),
  ])
}
