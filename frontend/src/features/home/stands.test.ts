import { expect, it } from 'vitest'
import type { CommitteeDashboard, Figure } from '@/core/api/schema'
import { rectificationsOf, standsOf, urgesOf } from './stands'

const figure = (value: number): Figure => ({ value, list: '/api/v1/x' })
const drawn: CommitteeDashboard = {
  as_of: '2026-11-23T00:00:00Z', campaign: null, units: figure(96), complaints: figure(2), late_plans: figure(3),
  plans: { draft: figure(0), filed: figure(4), in_force: figure(80), closed: figure(0) },
  rectifications: { assigned: figure(5), verified: figure(0) },
}

it('says how many are through, where the others stand, and how many have nothing yet', () => {
  expect(standsOf(drawn)[0]).toMatchObject({ title: '年度计划', done: 80, of: 96, left: '未报 12' })
  expect(standsOf(drawn)[0]!.counts.map(one => `${one.label} ${one.figure.value}`)).toEqual(['待工委备案 4', '执行中 80'])
})
it('lists what to look after, leaving out what the year does not have yet', () => {
  expect(urgesOf(drawn).map(one => one.key)).toEqual(['late_plans', 'complaints'])
  expect(rectificationsOf(drawn).map(one => one.label)).toEqual(['整改中'])
})
