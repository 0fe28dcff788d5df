import { inject, type InjectionKey } from 'vue'

/** What can be done with a masked value. */
export interface SecretActions {
  /** answers the clear value; rejects with an error whose message can be shown */
  reveal(fingerprint: string): Promise<string>
}

/** Provided by the window, so that a mask can stand anywhere and know no store. */
export const secretActionsKey: InjectionKey<SecretActions> = Symbol('secret actions')

/** The actions of this window; undefined where nothing can be revealed, as in a report. */
export function useSecretActions(): SecretActions | undefined {
  return inject(secretActionsKey, undefined)
}
