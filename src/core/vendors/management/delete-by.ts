import { toProblem } from '../../problems/to-problem.ts'
import type { Deletion } from '../vendor.ts'
import type { ManagementApi, ManagementRequest } from './management-api.ts'

/** Deletes what lies at a path; what is not there was gone before. @throws ProblemError as `send` */
export async function deleteBy(
  api: ManagementApi,
  request: Pick<ManagementRequest, 'purpose' | 'path' | 'effect'>,
): Promise<Deletion> {
  try {
    await api.send({ ...request, method: 'DELETE' })
    return 'done'
  } catch (error) {
    const { status, code } = toProblem(error)
    if (code === 'management-refused' && status === 404) return 'absent'
    throw error
  }
}
