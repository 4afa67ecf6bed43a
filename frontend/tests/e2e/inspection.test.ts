/** An inspection from sheet to objection: an inspector scores by keys alone, the group decides, the unit objects, the officer decides. */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot } from './support/browser'
import { account, numbers, type Row, Somebody } from './support/city'
import { carryOut, seen, settled } from './support/tour'

interface Visit { id: string, number: number, name: string, leader: Somebody, other: Somebody }
interface Sheet { id: string, state: string, version: number, items: { criterion_id: string, code: string }[], judgements: { criterion_id: string }[] }
interface Own extends Row { my_sheet_id: string | null }

const FACT = '全年民主生活会批评意见登记表中，有两名成员的相互批评意见内容雷同，没有具体事例。'
const REASON = '经查阅原始记录，两名评分人一致认为事实清楚，按一次计。'
const GROUNDS = '登记表系汇总件，原始记录中两名成员的批评意见各有具体事例，原件已在检查现场提供。'

/** An inspection under way: its group's leader and other inspector, the unit's number. */
async function underWay(): Promise<Visit> {
  const known = await numbers(await Somebody.called('officer'))
  for (const [name, second] of [['inspector1', 'inspector2'], ['inspector3', 'inspector4'], ['inspector7', 'inspector8']] as const) {
    const [leader, other] = await Promise.all([Somebody.called(name), Somebody.called(second)])
    const [year] = await leader.years()
    const mine = (await leader.list<Own>(`/inspections?campaign_id=${year!.id}&state=in_progress`)).find(one => one.my_sheet_id)
    if (mine && (await sheetOf(leader, mine.id)).state === 'open') return { id: mine.id, number: known.get(mine.unit_id)!, name, leader, other }
  }
  throw new Error('no inspection is under way')
}

async function sheetOf(who: Somebody, inspection: string): Promise<Sheet> {
  const { my_sheet_id: id } = await who.get<Own>(`/inspections/${inspection}`)
  return who.get<Sheet>(`/sheets/${id}`)
}

/** Judges everything left but the last few items: nothing to deduct. */
async function fill(who: Somebody, inspection: string, but: number): Promise<void> {
  const { id, items, judgements } = await sheetOf(who, inspection)
  const left = items.filter(one => !judgements.some(each => each.criterion_id === one.criterion_id))
  for (const one of left.slice(0, left.length - but)) await who.write('PUT', `/sheets/${id}/judgements/${one.criterion_id}`, { doubt: false, note: '', deductions: [] }, 0)
}

/** One inspection is followed through all tests of this file. */
let visit: Visit
beforeAll(async () => { visit = await underWay() })

const itemOf = (page: Page): string => new URL(page.url()).searchParams.get('item') ?? ''

/** Confirms the item by key and waits for the next one. */
async function onward(page: Page, key: string): Promise<void> {
  const before = itemOf(page)
  await page.keyboard.press(key)
  await page.waitForFunction(code => new URLSearchParams(location.search).get('item') !== code, before)
  await page.getByRole('region', { name: '条目和评分' }).waitFor()
}

test('an inspector scores by keys alone, saves by itself, and hands the sheet in', async () => {
  const { id, leader, name } = visit
  await fill(leader, id, 3)
  const page = await openAs(name)
  await page.goto(`/c/inspections/${id}`)
  await seen(page, 'inspection')
  await page.getByRole('link', { name: '继续评分' }).click()
  await page.getByText('还剩 3 项').waitFor()
  await page.getByRole('region', { name: '条目和评分' }).waitFor()
  await expectAccessible(page)

  // A deduction in four parts: the clause by its number, the fact, what evidence is lacking, who says so.
  await page.keyboard.press('1')
  await page.getByText(/还缺：事实、证据/).waitFor()
  const confirm = page.getByRole('button', { name: /^确认，/ })
  expect(await confirm.getAttribute('aria-disabled')).toBe('true')
  await page.getByText('扣分的四要素没有写全').waitFor()
  await page.keyboard.type(FACT)
  await page.keyboard.press('Control+Enter')
  await page.getByText('还缺：证据').waitFor()
  expect(await page.getByRole('textbox', { name: '事实' }).inputValue()).toBe(FACT)
  await expectAccessible(page)
  await shot(page, 'score-incomplete')
  await page.getByRole('button', { name: '注明缺少证据' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: '缺少什么证据' }).focus()
  await page.keyboard.type('未见批评意见原始记录')
  await page.getByText('四要素齐全').waitFor()
  await page.getByText('已保存').waitFor()
  await expectAccessible(page)
  await shot(page, 'score')
  const cut = itemOf(page)
  await page.reload()
  await page.getByText('四要素齐全').waitFor()
  expect(itemOf(page)).toBe(cut)
  expect(await page.getByRole('textbox', { name: '事实' }).inputValue()).toBe(FACT)

  await onward(page, 'Control+Enter')
  await page.getByText('还剩 2 项').waitFor()
  await page.keyboard.press('g')
  await page.getByRole('dialog').waitFor()
  await expectAccessible(page)
  await shot(page, 'score-all')
  await page.keyboard.press('Escape')
  await onward(page, '0')
  await page.getByText('还剩 1 项').waitFor()
  await page.keyboard.press('0')
  const sign = page.getByRole('dialog', { name: '提交评分' })
  await sign.waitFor()
  await expectAccessible(page)
  await sign.getByRole('button', { name: '提交评分' }).click()
  await page.waitForURL(`**/c/inspections/${id}`)
  await seen(page, 'inspection-handed-in')
})

test('the group decides where it differed, the officer gives the feedback', async () => {
  const { id, other, name } = visit
  await fill(other, id, 0)
  const page = await openAs(name)
  await page.goto(`/c/inspections/${id}/consolidation`)
  await page.getByText(/^等待/).waitFor()
  await seen(page, 'consolidation-waiting')
  const { id: sheet } = await sheetOf(other, id)
  await other.move(`/sheets/${sheet}`, 'submit')
  await page.reload()
  await page.getByRole('button', { name: '全部采用' }).click()
  await page.getByRole('table', { name: '评分一致，待采用' }).waitFor({ state: 'detached' })
  await seen(page, 'consolidation')
  const open = page.getByRole('table', { name: '需要合议' })
  for (let rest = await open.getByRole('button', { name: /^合议/ }).count(); rest > 0; rest--) {
    await open.getByRole('button', { name: /^合议/ }).first().click()
    const dialog = page.getByRole('dialog')
    const kept = dialog.getByRole('checkbox', { name: /^采用/ })
    if (await kept.count()) await kept.first().check()
    await dialog.getByRole('button', { name: '确定' }).click()
    await dialog.getByRole('link', { name: /写明合议理由/ }).waitFor()
    await dialog.getByRole('textbox', { name: '合议理由' }).fill(REASON)
    if (rest === 1) {
      await expectAccessible(page)
      await shot(page, 'consolidation-decide')
    }
    await dialog.getByRole('button', { name: '确定' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  await carryOut(page, '完成合议')
  await seen(page, 'consolidated')

  const officer = await openAs('officer')
  await officer.goto(`/c/inspections/${id}/feedback`)
  await seen(officer, 'feedback')
  await carryOut(officer, '反馈单位', '现将检查意见反馈你单位，请在期限内陈述申辩。')
})

test('the unit objects once, and somebody who did not score decides', async () => {
  const { id, number } = visit
  const lead = await openAs(account(number, 'lead'))
  await lead.goto('/u/inspection')
  await seen(lead, 'own-feedback')
  await lead.getByRole('button', { name: /^陈述申辩/ }).first().click()
  const dialog = lead.getByRole('dialog', { name: /陈述申辩$/ })
  await dialog.getByRole('button', { name: '提出申辩' }).click()
  await dialog.getByRole('link', { name: /写明事实和理由/ }).waitFor()
  await dialog.getByRole('textbox', { name: '事实和理由' }).fill(GROUNDS)
  await expectAccessible(lead)
  await shot(lead, 'object')
  await dialog.getByRole('button', { name: '提出申辩' }).click()
  await dialog.waitFor({ state: 'detached' })
  await lead.getByText(GROUNDS).waitFor()

  const officer = await openAs('officer')
  const known = await Somebody.called('officer')
  const filed = (await known.list<Row & { inspection_id: string }>('/objections?state=filed')).find(one => one.inspection_id === id)
  await officer.goto(`/c/objections/${filed!.id}`)
  await seen(officer, 'objection')
  await officer.getByRole('button', { name: '受理' }).click()
  await officer.getByText('审理中').waitFor()
  await officer.getByRole('button', { name: '部分采纳' }).click()
  const partly = officer.getByRole('dialog', { name: '部分采纳' })
  await partly.getByRole('textbox', { name: '恢复分值' }).fill('99')
  await partly.getByRole('textbox', { name: '意见' }).fill(REASON)
  await partly.getByRole('button', { name: '部分采纳' }).click()
  await partly.getByRole('link', { name: /写大于 0/ }).waitFor()
  await expectAccessible(officer)
  expect(await partly.getByRole('textbox', { name: '意见' }).inputValue()).toBe(REASON)
  await partly.getByRole('textbox', { name: '恢复分值' }).fill('0.1')
  await partly.getByRole('button', { name: '部分采纳' }).click()
  await partly.waitFor({ state: 'detached' })
  await officer.getByText(/^恢复 0\.10 分/).waitFor()
  await seen(officer, 'objection-decided')

  await lead.reload()
  await lead.getByText(/恢复 0\.10 分/).waitFor()
  await carryOut(lead, '确认反馈意见', '对检查意见没有其他异议。')
  await officer.goto(`/c/inspections/${id}`)
  await settled(officer)
  await carryOut(officer, '定稿')
  await officer.getByText('已定稿').first().waitFor()
  await seen(officer, 'inspection-final')
})
