import { computed, type ComputedRef } from 'vue'
import { useDialogs } from '../../stores/dialogs.ts'
import { placeTitles } from '../../stores/place-titles.ts'
import { placeList, usePlaces } from '../../stores/places.ts'
import type { Theme } from '../../stores/preferences.ts'
import { useSecrets } from '../../stores/secrets.ts'
import { useSettings } from '../../stores/settings.ts'
import { useVault } from '../../stores/vault.ts'
import type { PaletteAction } from './matching-actions.ts'

const themes: [Theme, string][] = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['system', 'As the system'],
]

/** The other places, with their keys. */
export function usePlaceActions(): ComputedRef<PaletteAction[]> {
  const places = usePlaces()
  return computed(() =>
    placeList.flatMap((place, index) => {
      const id = `place ${place}`
      const { long: title } = placeTitles[place]
      const action = { id, group: 'Go to', title, hint: String(index + 1), act: () => places.go(place) }
      return place === places.place ? [] : [action]
    }),
  )
}

/** What the window itself can do. */
export function useWindowActions(): ComputedRef<PaletteAction[]> {
  const settings = useSettings()
  const vault = useVault()
  const secrets = useSecrets()
  const dialogs = useDialogs()
  return computed(() => {
    const [unlock, missing] = [vault.isLocked, secrets.missing.length > 0]
    return [
      ...(unlock ? [{ id: 'unlock', group: 'Secrets', title: 'Unlock…', act: () => dialogs.show('unlock') }] : []),
      ...(missing
        ? [{ id: 'missing', group: 'Secrets', title: 'Enter missing…', act: () => dialogs.show('workspace-secrets') }]
        : []),
      ...themes.map(([theme, title]) => ({
        id: `theme ${theme}`,
        group: 'Theme',
        title,
        act: () => void settings.chooseTheme(theme),
      })),
      { id: 'keys', group: 'Help', title: 'Keys', hint: '?', act: () => dialogs.show('keys') },
    ]
  })
}
