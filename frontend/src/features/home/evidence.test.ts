import { expect, it } from 'vitest'
import type { EvidenceCell } from '@/core/api/schema'
import { evidenceOf } from './evidence'

const cell = (code: string, status: string): EvidenceCell => ({ criterion_id: code, code, title: '题目', dimension: code.slice(0, 1), status, links: 0 })

it('counts the items by what evidence they have, and draws each in its dimension', () => {
  const shown = evidenceOf([cell('A1', 'accepted'), cell('A2', 'available'), cell('A3', 'promised'), cell('B1', 'rejected'), cell('B12', 'none')], code => `/u/evidence?criterion=${code}`)

  expect(shown).toMatchObject({ full: 2, promised: 1, none: 1 })
  expect(shown.dimensions.map(one => [one.code, one.full, one.cells.length])).toEqual([['A', 2, 3], ['B', 0, 2]])
  expect(shown.dimensions[1]!.cells[1]).toEqual({ key: 'B12', text: '12', state: 'none', said: 'B12 题目：尚无佐证', to: '/u/evidence?criterion=B12' })
})

it('draws squares that are no doors where the page is not open', () => {
  expect(evidenceOf([cell('A1', 'none')], () => undefined).dimensions[0]!.cells[0]).not.toHaveProperty('to')
})
