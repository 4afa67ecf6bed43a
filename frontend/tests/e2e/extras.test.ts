/**
 * Bonuses, penalties and vetoes, in a town of three units of its own because a year ends whole: a unit applies for a bonus,
 * is heard on a penalty, and the department that the scheme names raises a veto; the result shows what came of it.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAs } from './support/browser'
import { account, Somebody } from './support/city'
import { inspect } from './support/inspecting'
import { serve } from './support/product'
import { carryOut, seen, settled } from './support/tour'

const NUMBER = 33
const TOWN = [NUMBER, 34, 35]
const SEEDING_MS = 240_000
const AWARD = '七月获省委表彰，表彰决定已经省委组织部公示。'
const LATE = '五月一起突发情况迟报两天，被市委办公室通报。'
const CASE = '九月，一名班子成员受到撤销党内职务处分。'
let unit: string
let stop: (() => Promise<void>) | undefined

beforeAll(async () => {
  stop = await serve(TOWN)
  await Promise.all(TOWN.map(number => inspect(number)))
  unit = (await (await Somebody.called(account(NUMBER, 'office'))).get<{ unit: { name: string } }>('/me')).unit.name
}, SEEDING_MS)
afterAll(async () => stop?.())

/** Takes from a list that is found by typing: what is named, or the first. */
async function choose(page: Page, label: string, name = ''): Promise<void> {
  const box = page.getByRole('combobox', { name: label })
  await box.click()
  if (name) await box.fill(name)
  await page.getByRole('listbox').getByRole('option', { name }).first().click()
}

/** Opens the list and the matter with these words in it. */
async function open(page: Page, base: string, clause: RegExp): Promise<void> {
  await page.goto(`${base}/extras`)
  await settled(page)
  await page.getByRole('rowheader', { name: clause }).getByRole('link').click()
  await page.getByRole('heading', { level: 1, name: clause }).waitFor()
  await settled(page)
}

test('a unit applies for a bonus with evidence, the officer gives notice, the leader confirms', async () => {
  const office = await openAs(account(NUMBER, 'office'))
  await office.goto('/u/extras')
  await seen(office, 'own-extras-none')
  await office.getByRole('link', { name: '申请加分' }).click()
  await office.getByRole('heading', { level: 1, name: '申请加分' }).waitFor()
  await settled(office)
  await office.getByRole('combobox', { name: '事项' }).selectOption({ label: 'J2 加分：获得省级及以上表彰、已经上级公示的，每项' })
  expect(await office.getByRole('option', { name: /^K1|^V1/ }).count(), 'a unit applies for nothing but bonuses').toBe(0)
  await office.getByRole('button', { name: '提出申请' }).click()
  await office.getByRole('link', { name: /选定佐证材料/ }).waitFor()
  await office.getByRole('textbox', { name: '事实' }).fill(AWARD)
  await choose(office, '佐证材料')
  await seen(office, 'extra-apply')
  await office.getByRole('button', { name: '提出申请' }).click()
  await office.waitForURL(/\/u\/extras\/[0-9a-f-]{36}/)
  await seen(office, 'own-extra')

  const officer = await openAs('officer')
  await officer.goto('/c/extras')
  await officer.getByRole('link', { name: /^公示.*J2$/ }).waitFor()
  await seen(officer, 'extras')
  await open(officer, '/c', /J2|表彰/)
  await seen(officer, 'extra-raised')
  await carryOut(officer, '公示')
  const leader = await openAs('leader')
  await open(leader, '/c', /J2|表彰/)
  await carryOut(leader, '认定生效', '同意加分。')
  await leader.getByText('已生效').first().waitFor()
  await seen(leader, 'extra-effective')
})

test('a penalty waits for its notice; the unit is heard and answered before', async () => {
  const officer = await openAs('officer')
  await officer.goto('/c/extras/new')
  await settled(officer)
  await officer.getByRole('combobox', { name: '事项' }).selectOption({ label: 'K1 减分：迟报、漏报重要情况被通报的，每次' })
  await choose(officer, '单位', unit)
  await officer.getByRole('textbox', { name: '事实' }).fill(LATE)
  await officer.getByRole('textbox', { name: '依据所在' }).fill('通报存市委办公室')
  await officer.getByRole('textbox', { name: '文号' }).fill('市委办通〔2026〕21 号')
  await seen(officer, 'extra-new')
  await officer.getByRole('button', { name: '提出', exact: true }).click()
  await officer.waitForURL(/\/c\/extras\/[0-9a-f-]{36}/)
  await settled(officer)
  await carryOut(officer, '公示')

  const lead = await openAs(account(NUMBER, 'lead'))
  await open(lead, '/u', /迟报/)
  await carryOut(lead, '陈述意见', '当时通讯中断，已在恢复后第一时间补报。')
  await lead.getByText('还没有答复').waitFor()
  await seen(lead, 'extra-heard')
  const leader = await openAs('leader')
  await open(leader, '/c', /迟报/)
  await leader.getByText(/公示到 \d+ 月 \d+ 日，期满后才能认定生效/).waitFor()
  await officer.reload()
  await settled(officer)
  await carryOut(officer, '答复意见', '经核实属实，转工委会议研究。')
  await leader.reload()
  await settled(leader)
  await carryOut(leader, '不予认定', '情况特殊，不予减分。')
  await lead.reload()
  await lead.getByText('情况特殊，不予减分。').waitFor()
  await seen(lead, 'extra-dismissed')
})

test('the department that the scheme names raises a veto, and the grade is no better while it stands', async () => {
  const department = await openAs('coassessor')
  await department.goto('/c/extras/new')
  await settled(department)
  await department.getByRole('combobox', { name: '事项' }).selectOption({ label: 'V1 一票否决：领导班子成员受到撤销党内职务及以上处分' })
  await choose(department, '单位', unit)
  await department.getByRole('textbox', { name: '事实' }).fill(CASE)
  await department.getByRole('textbox', { name: '依据所在' }).fill('处分决定存市纪委监委')
  await seen(department, 'veto-new')
  await department.getByRole('button', { name: '提出', exact: true }).click()
  await department.waitForURL(/\/c\/extras\/[0-9a-f-]{36}/)
  await seen(department, 'veto-raised')

  const officer = await Somebody.called('officer')
  const leader = await Somebody.called('leader')
  const [year] = await officer.years()
  const [veto] = await officer.list(`/extras?campaign_id=${year!.id}&kind=veto`)
  await officer.move(`/extras/${veto!.id}`, 'publish_notice')
  await leader.move(`/extras/${veto!.id}`, 'confirm', '同意。')
  await officer.move(`/campaigns/${year!.id}`, 'settle')
  await officer.write('POST', `/campaigns/${year!.id}/results:compute`, {})
  const [result] = await officer.list(`/results?campaign_id=${year!.id}&unit_id=${veto!.unit_id}`)

  const page = await openAs('officer')
  await page.goto(`/c/results/${result!.id}`)
  await page.getByText('加分减分').first().waitFor()
  await page.getByText('+0.50').first().waitFor()
  await page.getByText('获得省级及以上表彰').click()
  await page.getByText(AWARD).waitFor()
  await page.getByText(/V1 领导班子成员受到撤销党内职务及以上处分（市纪委监委机关提出）/).first().waitFor()
  expect(await page.locator('.grade').textContent()).toBe('一般')
  await seen(page, 'result-with-extras')
})
