import type { Commands } from '../../contract/commands.ts'
import type { CommandDescription, ParameterValues } from '../../contract/description.ts'
import type { CommandContext, CommandsOf } from './command.ts'
import { diagnosticsCommands } from './diagnostics.ts'
import { historyCommands } from './history.ts'
import { keysCommands } from './keys.ts'
import { playgroundCommands } from './playground.ts'
import { profileCommands } from './profiles.ts'
import { registrationCommands } from './registrations.ts'
import { resetCommands } from './reset.ts'
import { secretCommands } from './secret.ts'
import { tokenValueCommands } from './token.ts'
import { tokenInspectCommands } from './token-inspect.ts'
import { settingsCommands } from './settings.ts'
import { sharingCommands } from './sharing.ts'
import { tokenFamilyCommands } from './token-family.ts'
import { tokenCommands } from './tokens.ts'
import { vaultTransferCommands } from './vault-export.ts'
import { vaultCommands } from './vault.ts'
import { workspaceCommands } from './workspace.ts'

export type { CommandContext } from './command.ts'

/** A command whose id is not known before it is called. */
export interface AnyCommand {
  description: CommandDescription
  run(context: CommandContext, parameters: ParameterValues): Promise<unknown>
}

const byId: CommandsOf<keyof Commands> = {
  ...profileCommands,
  ...secretCommands,
  ...vaultCommands,
  ...vaultTransferCommands,
  ...historyCommands,
  ...keysCommands,
  ...tokenCommands,
  ...tokenFamilyCommands,
  ...tokenValueCommands,
  ...tokenInspectCommands,
  ...sharingCommands,
  ...registrationCommands,
  ...playgroundCommands,
  ...workspaceCommands,
  ...settingsCommands,
  ...diagnosticsCommands,
  ...resetCommands,
}

/** Every command, in the order help shows them. Parameters must be checked against the description before `run`. */
export const commands: readonly AnyCommand[] = Object.values(byId) as unknown as AnyCommand[]
