import { useBench } from './bench.ts'
import { useNotice } from './notice.ts'
import { useOpenedRuns } from './opened-runs.ts'
import { usePlaces } from './places.ts'
import { toProblem } from './problem-of.ts'

/** Bytes; no HAR and no capsule that can be opened is larger. */
const largestFile = 64 * 1024 * 1024

/** Takes what somebody pasted or dropped to where it can be read. It is sent to no server. */
export function useTakeIn() {
  const bench = useBench()
  const places = usePlaces()
  const notice = useNotice()
  const opened = useOpenedRuns()

  /** Tokens go to the bench, a capsule opens as its runs; what holds neither leaves a person where they are. */
  async function takeIn(text: string, name = ''): Promise<void> {
    const { recognised, read } = await bench.take(text, name)
    if (recognised === 'nothing' && places.place !== 'bench') return notice.tell(`Nothing was read: ${read}`)
    if (recognised === 'capsule' && (await opensRuns())) return
    if (places.place !== 'bench') places.go('bench')
  }

  /** Opens as runs what came last; why that did not work stands on the bench. */
  async function opensRuns(): Promise<boolean> {
    const { last } = bench
    if (last?.openable === undefined) return false
    try {
      await opened.openShared(last.openable, last.name)
      return true
    } catch (error) {
      bench.last = { ...last, problems: [toProblem(error)] }
      return false
    }
  }

  /** Reads files one after the other; one that nothing could read is not opened. */
  async function takeFiles(files: readonly File[]): Promise<void> {
    for (const file of files) {
      if (file.size > largestFile) notice.tell(`${file.name} is too large to be read here.`)
      else await takeIn(await file.text(), file.name)
    }
  }

  return { takeIn, takeFiles, opensRuns }
}
