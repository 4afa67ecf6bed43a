import { beforeEach, expect, test, vi } from 'vitest'
import { call } from '@/core/api/call'
import { Problem } from '@/core/api/problem'
import { changesOf, doneOf, setMany, toldOf, unsetMany } from './bulk'

vi.mock('@/core/api/call', async original => ({ ...await original<object>(), call: vi.fn() }))
const asked = vi.mocked(call)
const PIECES = [{ id: 'e1', title: '制度' }, { id: 'e2', title: '纪要' }]
const CHOICES = [{ value: 'criterion_id a13', label: 'A13 三类会议' }, { value: 'criterion_id b7', label: 'B7 学习' }]

beforeEach(() => { asked.mockReset() })

test('uses are set for all pieces in one request, and each piece tells what became of it', async () => {
  asked.mockResolvedValue([{ status: 'created' }, { status: 'exists', detail: '已用于此处' }, { status: 'refused', detail: '材料已撤回' }, { status: 'created' }])
  const outcomes = await setMany(changesOf(PIECES, CHOICES))
  expect(asked.mock.calls).toEqual([['evidence_link_create_many', { body: { links: [
    { evidence_id: 'e1', criterion_id: 'a13' }, { evidence_id: 'e1', criterion_id: 'b7' }, { evidence_id: 'e2', criterion_id: 'a13' }, { evidence_id: 'e2', criterion_id: 'b7' },
  ] } }]])
  expect(toldOf(outcomes)).toEqual([
    { piece: PIECES[1], done: ['B7'], same: [], refused: ['A13：材料已撤回'] },
    { piece: PIECES[0], done: ['A13'], same: ['B7'], refused: [] },
  ])
})

test('only what was done is taken back', async () => {
  asked.mockResolvedValue([{ status: 'created' }, { status: 'exists' }])
  expect(doneOf(await setMany(changesOf(PIECES, CHOICES.slice(0, 1)))).map(one => one.piece.id)).toEqual(['e1'])
})

test('uses are taken away in the version that was seen; a locked one stays and says why', async () => {
  asked.mockImplementation(((operation: string, { path }: { path: { id: string } }) => {
    if (operation === 'evidence_link_list') return Promise.resolve(path.id === 'e1' ? [{ id: 'l1', target_id: 'a13', version: 3 }] : [{ id: 'l2', target_id: 'a13', version: 1 }])
    return path.id === 'l2' ? Promise.reject(new Problem(409, { detail: '已签发的自查报告正在引用' })) : Promise.resolve(undefined)
  }) as never)
  const outcomes = await unsetMany(changesOf(PIECES, CHOICES))
  expect(outcomes.map(one => [one.piece.id, one.choice.label.slice(0, 3), one.status, one.why])).toEqual([
    ['e1', 'A13', 'done', ''], ['e1', 'B7 ', 'same', ''], ['e2', 'A13', 'refused', '已签发的自查报告正在引用'], ['e2', 'B7 ', 'same', ''],
  ])
  expect(asked).toHaveBeenCalledWith('evidence_link_delete', { path: { id: 'l1' }, ifMatch: 3 })
})
