import { inject, type InjectionKey } from 'vue'

/** What can be done with a masked value. */
export interface SecretActions {
  /** answers the clear value to be shown, where that must be asked after a person said yes; rejects with an error whose message can be shown, empty when they said no */
  reveal(fingerprint: string): Promise<string>
  /** answers the clear value to be copied unseen, which asks nothing */
  copy(fingerprint: string): Promise<string>
}

/** Provided by the window, so that a mask can stand anywhere and know no store. */
export const secretActionsKey: InjectionKey<SecretActions | undefined> = Symbol('secret actions')

/** The actions of this window; undefined where nothing can be revealed, as in a report. */
export function useSecretActions(): SecretActions | undefined {
  return inject(secretActionsKey, undefined)
}
