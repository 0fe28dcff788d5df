import type { Place } from './places.ts'

/** What each place is called: short in the column of places, in full wherever there is room. */
export const placeTitles: Record<Place, { short: string; long: string }> = {
  run: { short: 'Run', long: 'Run' },
  discovery: { short: 'Discovery', long: 'Discovery' },
  tokens: { short: 'Tokens', long: 'Tokens & secrets' },
  bench: { short: 'Bench', long: 'Token bench' },
  clients: { short: 'Clients', long: 'Clients and grants' },
  history: { short: 'History', long: 'History' },
  profiles: { short: 'Profiles', long: 'Profiles' },
  settings: { short: 'Settings', long: 'Settings' },
}
