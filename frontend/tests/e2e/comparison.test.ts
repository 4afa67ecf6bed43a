/**
 * Two published years compared in a town of five: formula and places, the line and what would move it, the meeting's
 * word, a public notice that every unit reads, an objection and its answer; and a published result put right.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs } from './support/browser'
import { account, Somebody } from './support/city'
import { inspect } from './support/inspecting'
import { serve } from './support/product'
import { carryOut, seen, settled } from './support/tour'

const TOWN = [1, 2, 33, 34]
const LAST = 34
const SEEDING_MS = 300_000
let stop: (() => Promise<void>) | undefined
let years: { id: string, year: number }[]

beforeAll(async () => {
  stop = await serve(TOWN)
  await Promise.all(TOWN.map(number => inspect(number, number === LAST)))
  const officer = await Somebody.called('officer')
  const leader = await Somebody.called('leader')
  years = await officer.years()
  const year = await leader.get<{ id: string, version: number }>(`/campaigns/${years[0]!.id}`)
  await leader.write('POST', `/campaigns/${year.id}/settle`, { opinion: '' }, year.version)
  await officer.write('POST', `/campaigns/${year.id}/results:compute`, {})
  for (const step of ['approve', 'publish']) await leader.write('POST', `/campaigns/${year.id}/results:${step}`, { opinion: '' })
}, SEEDING_MS)
afterAll(async () => stop?.())

test('two years are compared by a formula, deliberated and given notice of; a unit objects and is answered', async () => {
  const officer = await openAs('officer')
  await officer.goto('/c/comparisons')
  await officer.getByRole('button', { name: '新建评比' }).click()
  const dialog = officer.getByRole('dialog', { name: '新建集中评比' })
  await dialog.getByRole('combobox', { name: '第一个年度' }).selectOption({ label: `${years[1]!.year} 年度` })
  await dialog.getByRole('combobox', { name: '第二个年度' }).selectOption({ label: `${years[0]!.year} 年度` })
  await dialog.getByRole('radio', { name: '两年按比重' }).check()
  await dialog.getByRole('textbox', { name: /第一个年度的比重/ }).fill('40')
  await dialog.getByRole('textbox', { name: '名额' }).fill('1')
  await expectAccessible(officer)
  await dialog.getByRole('button', { name: '新建', exact: true }).click()
  await officer.waitForURL(/\/c\/comparisons\/[0-9a-f-]{36}/)
  const { pathname } = new URL(officer.url())
  await carryOut(officer, '固定数据')
  await officer.getByText(`${years[1]!.year} × 40% + ${years[0]!.year} × 60%`).waitFor()
  await officer.getByText(/种情形名单不变/).waitFor()
  await seen(officer, 'comparison-frozen')

  const leader = await openAs('leader')
  await leader.goto(pathname)
  await leader.getByRole('textbox', { name: '审议意见' }).fill('会议同意按次序列入。')
  await leader.getByRole('button', { name: '记录审议' }).click()
  await leader.getByRole('dialog', { name: '记录审议' }).getByRole('button', { name: '记录审议' }).click()
  await leader.getByRole('heading', { name: /^通报名单/ }).waitFor()
  await officer.reload()
  await carryOut(officer, '公示')
  await officer.getByText('没有收到异议。').waitFor()

  const lead = await openAs(account(LAST, 'lead'))
  await lead.goto('/u/commendations')
  await lead.getByText(/名单不分先后/).waitFor()
  await seen(lead, 'notice')
  expect(await lead.getByText(/次序 \d|合成分/).count(), 'no places, no totals').toBe(0)
  await lead.getByRole('button', { name: '提出异议' }).first().click()
  await lead.getByRole('textbox', { name: '异议和理由' }).fill('该单位年内发生过责任事故，请核实。')
  await expectAccessible(lead)
  await lead.getByRole('button', { name: '提出异议' }).click()
  await lead.getByText('待答复').waitFor()

  await leader.reload()
  await leader.getByText(/还有 1 件异议没有答复/).waitFor()
  await seen(leader, 'comparison-objection')
  await carryOut(leader, '异议不成立', '经核实没有此事。')
  await leader.getByText('经核实没有此事。').waitFor()
  await lead.reload()
  await lead.getByText('经核实没有此事。').waitFor()
  await leader.goto(`${pathname}/merits`)
  await seen(leader, 'merits')
})

test('a published result is put right by a draft that another person publishes, and its unit reads both versions', async () => {
  const somebody = await Somebody.called('officer')
  const results = await somebody.list<{ id: string, unit_name: string }>(`/results?campaign_id=${years[0]!.id}`)
  const lead = await openAs(account(LAST, 'lead'))
  await lead.goto(`/u/result?year=${years[0]!.year}`)
  const title = await lead.getByRole('heading', { level: 1 }).textContent()
  const result = results.find(one => title?.includes(one.unit_name))!
  const officer = await openAs('officer')
  await officer.goto(`/c/results/${result.id}`)
  await officer.getByRole('button', { name: '拟制更正' }).click()
  await officer.getByRole('combobox', { name: '第 1 项' }).selectOption('A1')
  await officer.getByRole('textbox', { name: '应扣分' }).fill('0.75')
  await officer.getByRole('textbox', { name: '理由' }).fill('复核后依据有变')
  const preview = officer.getByRole('status', { name: '更正后的得分' })
  await preview.getByText(/更正后：\d+\.\d+“.+” → \d+\.\d+“.+”/).waitFor()
  await preview.getByText(/^A1 .*由 .+ 改为 /).waitFor()
  await officer.getByRole('textbox', { name: '更正的原因' }).fill('检查组复核。')
  await seen(officer, 'correction-preview')
  await officer.getByRole('button', { name: '拟制更正', exact: true }).click()
  await officer.getByText('待审定').waitFor()
  await seen(officer, 'correction-drafted')

  const leader = await openAs('leader')
  await leader.goto(`/c/results/${result.id}`)
  await carryOut(leader, '审定并公布更正')
  await lead.reload()
  await settled(lead)
  await lead.getByText('检查组复核。').waitFor()
  await seen(lead, 'correction-read')
})
