import { describe, expect, it } from 'vitest'
import { bytes, detailsOf, subjectOf } from './model'

describe('oversight', () => {
  it('names what an event is about', () => {
    expect([subjectOf('plan.sign'), subjectOf('person.created'), subjectOf('novelty.made')]).toEqual(['年度计划', '账号', 'novelty'])
  })

  it('reads details in a line and leaves empty ones out', () => {
    expect(detailsOf({ before: 'draft', after: 'published', opinion: '', fields: ['name', 'year'], none: null, many: [] })).toBe('before draft；after published；fields name,year')
  })

  it('writes sizes in steps of a thousand', () => {
    expect([bytes(0), bytes(999), bytes(1536000), bytes(512 * 1024 * 1024)]).toEqual(['0 字节', '999 字节', '1.5 MB', '537 MB'])
  })
})
