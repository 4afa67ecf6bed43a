import { expect, test } from 'vitest'
import { Problem } from '@/core/api/problem'
import { codesOf, foldersOf, leftOf, linesOf, matched, phaseOf, withChosen, withCodes, wrongOf } from './model'

const known = new Set(['A1', 'A13', 'B7'])
const file = (name: string, content = name) => new File([content], name)
const chosen = (path: string, sha256?: string) => ({ path, size: 3, codes: codesOf(path, known), file: file(path), sha256 })

test('a folder called after an item is taken for it, whatever follows the code', () => {
  expect(codesOf('材料/A13-议事规则/规则.pdf', known)).toEqual(['A13'])
  expect(codesOf('a1 学习/B7/A1/x.pdf', known)).toEqual(['A1', 'B7'])
})

test('neither longer codes, nor items of no standard, nor files called so are taken for items', () => {
  expect(codesOf('A130/x.pdf', known)).toEqual([])
  expect(codesOf('A13b/x.pdf', known)).toEqual([])
  expect(codesOf('D9/x.pdf', known)).toEqual([])
  expect(codesOf('A13.pdf', known)).toEqual([])
})

test('choosing again adds, keeps the items that were set by hand, and leaves empty files out', () => {
  const first = withCodes(withChosen([], [{ file: file('a'), path: 'A1/a' }], known), new Set(['A1/a']), ['B7'])
  const both = withChosen(first, [{ file: file('a', 'newer'), path: 'A1/a' }, { file: file('b'), path: 'A1/b' }, { file: file('c', ''), path: 'A1/c' }], known)
  expect(both.map(one => [one.path, one.size, one.codes])).toEqual([['A1/a', 5, ['B7']], ['A1/b', 1, ['A1']]])
})

test('a folder whose files are for different items says so', () => {
  const rows = withCodes([chosen('A1/a'), chosen('A1/b'), chosen('B7/c')], new Set(['A1/b']), [])
  expect(foldersOf(rows).map(one => [one.name, one.paths.length, one.isMixed])).toEqual([['A1', 2, true], ['B7', 1, false]])
})

test('a file that could not be read is not promised', () => {
  expect(linesOf([chosen('A1/a', 'f'.repeat(64)), chosen('A1/b')]).map(one => one.path)).toEqual(['A1/a'])
})

test('refusals are told by the files they are about', () => {
  const lines = linesOf([chosen('A1/a', '1'), chosen('A1/b', '2')])
  const problem = new Problem(422, { errors: [{ pointer: '/body/lines/1/codes/0', code: 'x', detail: '没有这个条目' }, { pointer: '/body/campaign_id', code: 'x', detail: '别的' }] })
  expect(wrongOf(problem, lines)).toEqual([{ path: 'A1/b', said: '没有这个条目' }])
})

test('files find their lines by content, even renamed; one file may fulfil two lines', () => {
  const line = (path: string, sha256: string) => ({ path, sha256, size: 3, evidence_id: path, file_id: path })
  const renamed = chosen('新名字', 'same')
  const lines = [line('A1/a', 'same'), line('A1/b', 'same'), line('A1/c', 'other'), line('A1/d', 'missing')]
  const exact = chosen('A1/b', 'same')
  expect(matched(lines, [renamed, exact, chosen('A1/c', 'other')]).map(one => [one.line.path, one.file.name])).toEqual([['A1/a', '新名字'], ['A1/b', 'A1/b'], ['A1/c', 'A1/c']])
})

test('until the deadline a list is in time, until the end of grace its files are, afterwards they are late', () => {
  const closing = { closes_at: '2026-12-10T10:00:00Z', grace_until: '2026-12-12T10:00:00Z', late: false }
  const at = (moment: string, more = {}) => phaseOf({ ...closing, ...more }, Date.parse(moment))
  expect([at('2026-12-10T10:00:00Z'), at('2026-12-10T10:00:01Z'), at('2026-12-12T10:00:01Z')]).toEqual(['open', 'grace', 'over'])
  expect(at('2026-12-11T10:00:00Z', { late: true })).toBe('over')
  expect(at('2026-12-11T10:00:00Z', { closes_at: null })).toBe('none')
})

test('what is left is told in days, then hours, then minutes and seconds', () => {
  expect([leftOf(3 * 86_400_000 + 4 * 3_600_000), leftOf(4 * 3_600_000 + 5 * 60_000), leftOf(547_000), leftOf(-5)]).toEqual(['3 天 4 小时', '4 小时 05 分', '09:07', '00:00'])
})
