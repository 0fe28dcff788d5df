import { computed, shallowRef, type ComputedRef } from 'vue'
import type { ParameterValues, OperationDescription } from '../../contract/description.ts'
import { isDestructive } from '../../contract/destructive.ts'
import type { StartRun } from '../../contract/engine.ts'
import { useProfiles } from './profiles.ts'

/** What a person answered before a run that must not start without. */
export type RunAnswers = Pick<StartRun, 'confirm' | 'allowSecrets'>

/** The question for the profile's name: what destroys something in a production profile asks it before each run. */
export function useNameQuestion(
  operation: ComputedRef<OperationDescription | undefined>,
  values: ComputedRef<ParameterValues>,
) {
  const profiles = useProfiles()
  /** the answers given so far, while the name is asked for */
  const asking = shallowRef<RunAnswers>()
  const needsName = computed(
    () =>
      profiles.current?.production === true &&
      operation.value !== undefined &&
      isDestructive(operation.value, values.value),
  )

  /** Asks for the name, or begins again where the engine asked for it; true when a run must wait for the answer. */
  function mustWait(answers: RunAnswers): boolean {
    asking.value = needsName.value && answers.confirm === undefined ? answers : undefined
    return asking.value !== undefined
  }

  function stopAsking(): void {
    asking.value = undefined
  }

  return { asking, mustWait, stopAsking }
}
