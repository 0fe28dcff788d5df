import type { CommandDescription, OperationDescription } from '../contract/description.ts'
import { commands } from './commands/index.ts'
import { operations } from './operations/index.ts'

/** Every operation as data; nothing that runs one is loaded. */
export const operationDescriptions: readonly OperationDescription[] = operations.map(({ description }) => description)

/** Every command as data. */
export const commandDescriptions: readonly CommandDescription[] = commands.map(({ description }) => description)
