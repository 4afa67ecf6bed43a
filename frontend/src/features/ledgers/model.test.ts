import { describe, expect, it } from 'vitest'
import { detailsOf, fieldsOf, formOf, isAsked, isoDate, isYes, membersOf, periodOf, saidOf } from './model'

const SCHEMA = {
  properties: {
    place: { type: 'string', title: '地点', maxLength: 200 },
    note: { type: 'string', title: '情况', maxLength: 1000, default: '' },
    kind: { type: 'string', title: '类别', enum: ['调研', '会议'], default: '调研' },
    done_on: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }], title: '办结', default: null },
    count: { type: 'integer', title: '次数', default: 1 },
    funds: { type: 'string', format: 'decimal', title: '资金', default: '0' },
    elements: { $ref: '#/$defs/Elements', title: '要素' },
    hash: { anyOf: [{ type: 'string' }, { type: 'null' }], readOnly: true },
  },
  required: ['place'],
  $defs: { Elements: { properties: { scope: { type: 'boolean', title: '分工界面', default: false } } } },
}
const FIELDS = fieldsOf(SCHEMA)
const send = (form: Record<string, unknown>, kept = {}) => detailsOf(FIELDS, field => form[`details/${field.name}`], kept)

describe('fields of a ledger', () => {
  it('are drawn from its schema, without what machines fill in', () => {
    expect(FIELDS.map(one => [one.name, one.kind, one.optional])).toEqual([
      ['place', 'text', false], ['note', 'long', true], ['kind', 'choice', false], ['done_on', 'date', true],
      ['count', 'int', false], ['funds', 'decimal', false], ['elements/scope', 'bool', true],
    ].map(([name, kind, optional]) => [name, kind, name === 'elements/scope' ? false : optional]))
    expect(FIELDS.at(-1)?.group).toBe('要素')
    expect(fieldsOf(null)).toEqual([])
  })

  it('begin with their defaults', () => {
    expect(formOf(FIELDS)).toEqual({
      'details/place': '', 'details/note': '', 'details/kind': '调研', 'details/done_on': '', 'details/count': '1', 'details/funds': '0',
      'details/elements/scope': false,
    })
  })

  it('come back as they went, with what the form does not show', () => {
    const details = { place: '柳树湾村', note: '', kind: '会议', done_on: null, count: 3, funds: '5000.00', elements: { scope: true }, hash: 'ab' }
    expect(send(formOf(FIELDS, details), details)).toEqual(details)
  })

  it('leave out what must be filled in and keep what is no number', () => {
    expect(send({ 'details/place': ' ', 'details/count': '三次' })).toEqual({ note: '', done_on: null, count: '三次', elements: { scope: false } })
  })

  it('are told in words', () => {
    expect(saidOf(FIELDS, { place: '柳树湾村', done_on: null, count: 0, elements: { scope: true } })).toEqual([
      { label: '地点', text: '柳树湾村' }, { label: '次数', text: '0' }, { label: '分工界面', text: '是' },
    ])
  })
})

it('asks for a field only where another one wants it', () => {
  const fields = fieldsOf({ properties: {
    form: { type: 'string', enum: ['联系点', '谈心谈话'] },
    point: { anyOf: [{ type: 'string' }, { type: 'null' }], default: null, 'x-only-for': { form: '联系点' } },
  } })
  const point = fields[1]!
  expect(point.optional).toBe(false)
  expect(isAsked(point, { 'details/form': '联系点' })).toBe(true)
  expect(isAsked(point, { 'details/form': '谈心谈话' })).toBe(false)
})

describe('cells of a sheet', () => {
  it.each([['2026/3/2', '2026-03-02'], ['2026年12月31日', '2026-12-31'], ['2026-03-02', '2026-03-02'], [' 昨天 ', '昨天']])('%s is the day %s', (text, day) => {
    expect(isoDate(text)).toBe(day)
  })

  it('say yes in several ways', () => {
    expect(['是', '√', '否', ''].map(isYes)).toEqual([true, true, false, false])
  })

  it('name members', () => {
    const team = [{ id: '1', name: '张明' }, { id: '2', name: '李红' }]
    expect(membersOf('张明、李红，王五', team)).toEqual({ ids: ['1', '2'], unknown: ['王五'] })
  })
})

it('a day is not written twice', () => {
  expect(periodOf({ happened_on: '2026-03-02', ended_on: '2026-03-02' })).toBe('2026-03-02')
  expect(periodOf({ happened_on: '2026-03-02', ended_on: '2026-03-04' })).toBe('2026-03-02 至 2026-03-04')
})
