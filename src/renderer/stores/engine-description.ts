import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { OperationDescription } from '../../contract/description.ts'
import type { EngineDescription } from '../../contract/engine.ts'
import type { Problem } from '../../contract/problem.ts'
import { useEngine } from '../app/provided-engine.ts'
import { toProblem } from './problem-of.ts'

/** What the engine can do, as data; asked for once. */
export const useEngineDescription = defineStore('engine-description', () => {
  const { engine, connection } = useEngine()
  const description = shallowRef<EngineDescription>()
  const problem = shallowRef<Problem>()
  const operations = computed<OperationDescription[]>(() => description.value?.operations ?? [])

  async function load(): Promise<void> {
    try {
      description.value = await engine.describe()
      problem.value = undefined
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  /** The description of an operation; undefined when the engine has none of this id. */
  function operationOf(id: string): OperationDescription | undefined {
    return operations.value.find((operation) => operation.id === id)
  }

  return { description, problem, operations, connection, load, operationOf }
})
