import { consent } from './consent.ts'
import { form } from './form.ts'
import { paste } from './paste.ts'
import { system } from './system.ts'
import type { UserAgent } from './user-agent.ts'

/** Every user agent, in the order it is offered. */
export const userAgents: readonly UserAgent[] = [system, form, consent, paste]
