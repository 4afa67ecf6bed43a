import { describe, expect, it } from 'vitest'
import { bytes, detailsOf, subjectOf } from './model'

describe('oversight', () => {
  it('names what an event is about', () => {
    expect([subjectOf('plan.sign'), subjectOf('person.created'), subjectOf('novelty.made')]).toEqual(['年度计划', '账号', 'novelty'])
  })

  it('reads details in a line and leaves empty ones out', () => {
    const data = { before: 'draft', after: 'published', opinion: '', fields: ['name', 'year'], none: null, many: [], novelty: 3 }
    expect(detailsOf('standard.publish', data)).toBe('原状态 草稿；现状态 已发布；改动 name,year；novelty 3')
  })

  it('writes sizes in steps of a thousand', () => {
    expect([bytes(0), bytes(999), bytes(1536000), bytes(512 * 1024 * 1024)]).toEqual(['0 字节', '999 字节', '1.5 MB', '537 MB'])
  })
})
