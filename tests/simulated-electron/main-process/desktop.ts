import { createLink, type Answers } from '../link.ts'

/** What the process that stands for the desktop may ask of this one; each module adds its own. */
export const answers: Answers = {}

/** The way to the process that stands for the desktop. */
export const desktop = createLink(process, () => answers)
