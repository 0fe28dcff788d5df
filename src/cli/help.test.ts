import { expect, test } from 'vitest'
import { subjectHelp, topHelp } from './help.ts'
import { createPaint, type Painted } from './paint.ts'
import { flagsWithin, listSubjects } from './subjects.ts'

const subjects = listSubjects()
const paint = createPaint({})
const textOf = (lines: Painted[]) => lines.map(({ painted }) => painted).join('\n')

test('the first page names every command with its summary', () => {
  const text = textOf(topHelp(subjects, paint))
  for (const { id, description } of subjects) {
    expect(text).toContain(`  ${id}`)
    expect(text).toContain(description.summary)
  }
})

test("a command's page has every flag with its hint, default, choices and section", () => {
  for (const subject of subjects) {
    const text = textOf(subjectHelp(subject, paint))
    const words = text.replaceAll(/\s+/g, ' ')
    for (const parameter of subject.parameters) {
      for (const { name } of flagsWithin(subject, parameter)) expect(text).toContain(`--${name}`)
      expect(words).toContain(parameter.hint)
      if (parameter.default !== undefined) expect(words).toContain(`Default: ${String(parameter.default)}.`)
      for (const { value } of parameter.choices ?? []) expect(text).toContain(`        ${value}`)
      if (parameter.section) expect(words).toContain(`[${parameter.section}]`)
    }
  }
})

test('no page is wider than a terminal', () => {
  const pages = [topHelp(subjects, paint), ...subjects.map((subject) => subjectHelp(subject, paint))]
  const tooWide = pages.flat().filter(({ painted }) => painted.length > 110)
  expect(tooWide).toEqual([])
})
