import { describe, expect, it } from 'vitest'
import type { JudgementPublic, SheetItem } from '@/core/api/schema'
import { addOwn, count, draftFrom, draftOf, fieldsOf, isBlank, isComplete, left, levelOf, lostOf, missingOf, neighbour, nextLeft, scoreOf, toggle, toLevel, walkOf } from './model'

const clause = (number: number, points: string) => ({ number, text: `条款${number}`, points })
const item = (code: string): SheetItem => ({ criterion_id: code, code, title: code, dimension: code[0]!, points: '2.00' })
const judgement = (lost: string, doubt = false) => ({ lost, doubt, deductions: [] as unknown[] }) as JudgementPublic
const empty = draftOf(undefined)

describe('a deduction', () => {
  it('is taken up by its clause and dropped again', () => {
    const draft = toggle(empty, clause(2, '0.80'))
    expect(draft.deductions[0]).toMatchObject({ clause_number: 2, points: '0.80', times: 1 })
    expect(toggle(draft, clause(2, '0.80'))).toEqual(empty)
  })

  it('costs the clause as often as it applies', () => {
    const draft = count(toggle(empty, clause(2, '0.80')), clause(2, '0.80'), 3)
    expect(draft.deductions[0]?.points).toBe('2.40')
    expect(count(draft, clause(2, '0.80'), 0).deductions[0]?.times).toBe(1)
  })

  it('keeps the order of the catalogue, own ones last', () => {
    const draft = toggle(addOwn(toggle(empty, clause(3, '1'))), clause(1, '1'))
    expect(draft.deductions.map(one => one.clause_number)).toEqual([1, 3, null])
  })

  it('is none until all parts are there', () => {
    const draft = toggle(empty, clause(1, '0.50'))
    expect(missingOf(draft.deductions[0]!)).toEqual(['事实', '证据'])
    expect(isComplete(draft)).toBe(false)
    expect(missingOf({ ...draft.deductions[0]!, fact: '三次记录无签到', absence: '签到表' })).toEqual([])
    expect(missingOf(addOwn(empty).deductions[0]!)).toEqual(['条款', '分值', '事实', '证据'])
  })
})

describe('a score', () => {
  it('never falls below nothing', () => {
    const draft = toggle(toggle(empty, clause(1, '1.50')), clause(2, '0.80'))
    expect(lostOf('2.00', draft)).toBe('2.00')
    expect(scoreOf('2.00', draft)).toBe('0.00')
    expect(scoreOf('2.00', empty)).toBe('2.00')
  })
})

describe('levels', () => {
  const clauses = [clause(1, '0.50'), clause(2, '1.00')]

  it('are none before anything was said, the best where nothing is lost', () => {
    expect(levelOf(empty, false)).toBeUndefined()
    expect(levelOf(empty, true)).toBe(0)
    expect(levelOf(toLevel(empty, clauses, 2), true)).toBe(2)
  })

  it('change without losing what was written', () => {
    const draft = toLevel({ ...empty, deductions: [{ ...toggle(empty, clause(1, '0.50')).deductions[0]!, fact: '两次无签到' }] }, clauses, 2)
    expect(draft.deductions).toMatchObject([{ clause_number: 2, points: '1.00', fact: '两次无签到' }])
    expect(toLevel(draft, clauses, 0).deductions).toEqual([])
  })
})

describe('two writings of one item', () => {
  const [one, two] = [clause(1, '0.50'), clause(2, '1.00')]
  const mine = toggle(empty, one)
  const theirs = toggle({ ...empty, note: '再议' }, two)

  it('are told apart deduction by deduction, in words', () => {
    expect(fieldsOf(mine)).toEqual({ doubt: false, note: '', '扣分：条款1': { cost: '扣 0.50 分', often: '', fact: '', lacking: '', evidence_id: null } })
  })

  it('do not differ by how a figure is written', () => {
    const stored = { ...toggle(empty, one).deductions[0]!, points: '0.5000' }
    expect(fieldsOf({ ...empty, deductions: [stored] })).toEqual(fieldsOf(mine))
    expect(draftOf({ doubt: false, note: '', deductions: [stored] } as unknown as JudgementPublic)).toEqual(mine)
  })

  it('come together again from what was chosen of each', () => {
    expect(draftFrom({ ...fieldsOf(theirs), ...fieldsOf(mine), note: '再议' }, mine, theirs)).toEqual({ doubt: false, note: '再议', deductions: [mine.deductions[0], theirs.deductions[0]] })
    expect(draftFrom({ doubt: true, note: '' }, mine, theirs).deductions).toEqual([])
  })
})

describe('the walk', () => {
  const items = ['A1', 'A2', 'B1'].map(item)
  const judged = new Map([['A1', judgement('0.0000')], ['B1', judgement('0.5', true)]])

  it('says how each item stands, by dimension', () => {
    expect(walkOf(items, judged).map(one => [one.dimension, one.items.map(each => each.said)])).toEqual([
      ['A', ['A1 已评，不扣分', 'A2 未评']], ['B', ['B1 存疑']],
    ])
    expect(walkOf(items, new Map([['A1', judgement('0.5')]]))[0]?.items[0]?.state).toBe('cut')
  })

  it('goes to the next item left, around the end', () => {
    expect(left(items, judged).map(one => one.code)).toEqual(['A2'])
    expect(nextLeft(items, judged, 'B1')?.code).toBe('A2')
    expect(nextLeft(items, new Map(items.map(one => [one.code, judgement('0')])), 'A1')).toBeUndefined()
  })

  it('stops at both ends', () => {
    expect(neighbour(items, 'A1', 1)?.code).toBe('A2')
    expect(neighbour(items, 'B1', 1)).toBeUndefined()
    expect(neighbour(items, 'A1', -1)).toBeUndefined()
  })
})

it('nothing said is blank, a doubt is not', () => {
  expect(isBlank(empty)).toBe(true)
  expect(isBlank({ ...empty, doubt: true })).toBe(false)
})
