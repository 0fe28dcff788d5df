import { operationGroups, type OperationDescription, type OperationGroup } from '../../../../contract/description.ts'

/** Operations below the heading of what they are about. */
export interface OperationsOfGroup {
  title: string
  operations: OperationDescription[]
}

/** The operations by group, groups in the order of the contract's list, operations as the engine names them. */
export function groupedOperations(operations: readonly OperationDescription[]): OperationsOfGroup[] {
  const byGroup = Map.groupBy(operations, ({ group }) => group)
  return (Object.keys(operationGroups) as OperationGroup[]).flatMap((group) => {
    const found = byGroup.get(group)
    return found ? [{ title: operationGroups[group], operations: found }] : []
  })
}
