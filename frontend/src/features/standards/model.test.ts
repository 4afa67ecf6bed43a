import { describe, expect, it } from 'vitest'
import { fillSame, ledgersOf, nextCode, pairsFrom, typedFile } from './model'

describe('standards', () => {
  it('numbers a new item after the last of its dimension', () => {
    expect(nextCode('A', ['A1', 'A2', 'A12', 'B40'])).toBe('A13')
    expect(nextCode('C', ['A1'])).toBe('C1')
  })

  it('takes ledgers separated as people separate them', () => {
    expect(ledgersOf(' t5、T6，X1;T7  T8 ')).toEqual(['T5', 'T6', 'X1', 'T7', 'T8'])
    expect(ledgersOf('')).toEqual([])
  })

  it('gives a file the type its name says', () => {
    expect(typedFile(new File([''], '标准.YML'))?.type).toBe('application/yaml')
    expect(typedFile(new File([''], '标准.xlsx'))?.type).toContain('spreadsheetml')
    expect(typedFile(new File([''], '标准.doc'))).toBeUndefined()
  })

  it('fills in items that keep their code and leaves chosen ones alone', () => {
    const chosen = [{ old_code: 'B8', new_code: 'C3', note: '脱贫攻坚 → 乡村振兴' }]
    expect(fillSame(chosen, ['A1', 'B8', 'D9'], ['A1', 'B8', 'C3'])).toEqual([...chosen, { old_code: 'A1', new_code: 'A1', note: '' }])
  })

  it('shows the pairs of one old standard only', () => {
    const row = { old_criterion_id: '', old_title: '', new_criterion_id: '', new_title: '', note: '' }
    const rows = [{ ...row, old_standard_id: 'x', old_code: 'A1', new_code: 'A2' }, { ...row, old_standard_id: 'y', old_code: 'A1', new_code: 'A1' }]
    expect(pairsFrom(rows, 'x')).toEqual([{ old_code: 'A1', new_code: 'A2', note: '' }])
  })
})
