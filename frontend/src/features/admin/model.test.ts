import { describe, expect, it } from 'vitest'
import { bytes, detailsOf, subjectOf, wordsOf } from './model'

describe('oversight', () => {
  it('names what an event is about', () => {
    expect([subjectOf('plan.sign'), subjectOf('person.created'), subjectOf('novelty.made')]).toEqual(['年度计划', '账号', 'novelty'])
  })

  it('tells what was done in words, even where nobody named the deed', () => {
    expect(['plan.sign', 'session.opened', 'person.created', 'unit.updated', 'novelty.made'].map(wordsOf)).toEqual(['签发计划', '登录', '新增账号', '修改单位', '办理novelty'])
  })

  it('reads details in a line and leaves empty ones out', () => {
    const data = { before: 'draft', after: 'published', opinion: '', fields: ['name', 'year'], none: null, many: [], novelty: 3 }
    expect(detailsOf('standard.publish', data)).toBe('原状态 草稿；现状态 已发布；改动 name,year；novelty 3')
  })

  it('names the ledger that a row is in', () => {
    expect(detailsOf('ledger_entry.created', { kind: 'T8', title: '石岭镇走访' })).toBe('种类 下基层调研；名称 石岭镇走访')
  })

  it('writes sizes in steps of a thousand', () => {
    expect([bytes(0), bytes(999), bytes(1536000), bytes(512 * 1024 * 1024)]).toEqual(['0 字节', '999 字节', '1.5 MB', '537 MB'])
  })
})
