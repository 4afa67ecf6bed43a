import { expect, test } from 'vitest'
import { deedOf } from './events'

test.each([['plan.sign', '签发计划'], ['measure.updated', '修改措施'], ['ledger_entry.created', '登记台账'], ['plan.something_new', '办理年度计划']])('%s is told as %s', (name, words) => {
  expect(deedOf(name)).toBe(words)
})
