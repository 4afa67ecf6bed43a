import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { STATE, SUBJECT, WAY } from './words'

interface Contract { components: { schemas: Record<string, { enum?: string[] }> } }
const contract = JSON.parse(readFileSync('../openapi.json', 'utf8')) as Contract
const states = Object.entries(contract.components.schemas).filter(([name, schema]) => name.endsWith('State') && schema.enum)

/** Where the contract's short name is not the subject's. */
const CALLED: Readonly<Record<string, string>> = { collection: 'material_collection' }

test.each(states)('every value of %s has its word', (name, schema) => {
  const short = name.replace(/State$/, '').replace(/\B[A-Z]/g, letter => `_${letter}`).toLowerCase()
  const subject = CALLED[short] ?? short
  expect(Object.keys(STATE)).toContain(subject)
  expect(Object.keys(STATE[subject as keyof typeof STATE])).toEqual(expect.arrayContaining(schema.enum!))
})

test('every stateful thing has a name, every way consists of its states', () => {
  for (const subject of Object.keys(STATE).filter(one => one !== 'verdict')) expect(Object.keys(SUBJECT)).toContain(subject)
  for (const [subject, way] of Object.entries(WAY)) {
    expect(Object.keys(STATE[subject as keyof typeof STATE])).toEqual(expect.arrayContaining([...way]))
  }
})
