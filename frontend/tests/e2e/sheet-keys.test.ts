/** A whole sheet by keys alone, from its first item to the signature; written in two windows, without a network, on a tablet. */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot, takeNoises } from './support/browser'
import { type Row, Somebody } from './support/city'
import { seen, settled } from './support/tour'

interface Sheet { id: string, items: { code: string, criterion_id: string }[], judgements: { criterion_id: string, deductions: { fact: string, clause_number: number }[] }[] }

const LEADER = 'inspector9'
const NAME = 'inspector10'
const FACT = '全年只有两次记录，第三季度没有开展。'
const THEIRS = '全年只有一次记录。'
const LACKING = '第三、四季度活动记录'
let visit = ''

/** The last planned unit of the group, started now: nothing of it is judged. */
beforeAll(async () => {
  const leader = await Somebody.called(LEADER)
  const [year] = await leader.years()
  const planned = await leader.list<Row>(`/inspections?campaign_id=${year!.id}&state=planned`)
  visit = planned.at(-1)!.id
  await leader.move(`/inspections/${visit}`, 'start')
})

async function sheetOf(): Promise<Sheet> {
  const who = await Somebody.called(NAME)
  const { my_sheet_id: id } = await who.get<{ my_sheet_id: string }>(`/inspections/${visit}`)
  return who.get<Sheet>(`/sheets/${id}`)
}

async function openItem(page: Page, code: string): Promise<void> {
  await page.goto(`/c/inspections/${visit}/score?item=${code}`)
  await page.getByRole('region', { name: '条目和评分' }).waitFor()
  await settled(page)
}

/** A deduction by the first clause, in its four parts, without the mouse. */
async function deduct(page: Page, fact: string): Promise<void> {
  await page.keyboard.press('1')
  await page.getByRole('textbox', { name: '事实' }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  await page.keyboard.type(fact)
  await tabTo(page, '注明缺少证据')
  await page.keyboard.press('Enter')
  await page.keyboard.type(LACKING)
  await page.getByText('四要素齐全').waitFor()
}

async function tabTo(page: Page, label: string): Promise<void> {
  for (let steps = 0; steps < 12; steps++) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate(() => document.activeElement?.textContent ?? '')).trim() === label) return
  }
  throw new Error(`${label} is not reached by Tab`)
}

test('two windows write one item: what both changed is asked, in words, and nothing is lost', async () => {
  const { items } = await sheetOf()
  const code = items[1]!.code
  const [one, other] = [await openAs(NAME), await openAs(NAME)]
  for (const page of [one, other]) await openItem(page, code)
  await deduct(one, THEIRS)
  await one.getByText(/已保存/).waitFor()
  await deduct(other, FACT)
  const dialog = other.getByRole('dialog', { name: '这里已被他人改过' })
  await dialog.getByText(new RegExp(`我写的：.*${FACT}`)).waitFor()
  await dialog.getByText(new RegExp(`现在的：.*${THEIRS}`)).waitFor()
  await expectAccessible(other)
  await shot(other, 'score-conflict')
  await dialog.getByRole('radio', { name: /^现在的/ }).check()
  await dialog.getByRole('button', { name: '用选中的保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await other.getByRole('textbox', { name: '事实' }).inputValue()).toBe(THEIRS)
  takeNoises() // the browser reports the 412
})

test('without a network the writing stays in the browser, over a closed window too, and is sent when it is back', async () => {
  const { items } = await sheetOf()
  const [, , third, fourth] = items
  const page = await openAs(NAME)
  await openItem(page, third!.code)
  const context = page.context()
  await context.setOffline(true)
  await deduct(page, FACT)
  await page.getByText('离线，改动存在本机').waitFor()
  await page.close()
  await context.setOffline(false)
  const again = await context.newPage()
  await openItem(again, fourth!.code)
  await again.getByText('1 项有没送出的改动，存在本机').waitFor()
  await seen(again, 'score-unsent')
  await again.getByRole('link', { name: third!.code, exact: true }).click()
  await again.getByText(/已保存/).waitFor()
  expect((await sheetOf()).judgements.find(each => each.criterion_id === third!.criterion_id)?.deductions[0]?.fact).toBe(FACT)
  takeNoises() // requests without a network
})

test.each([768, 1024])('on a tablet of %i the sheet is whole', async (width) => {
  const page = await openAs(NAME, { width })
  await openItem(page, (await sheetOf()).items[0]!.code)
  await seen(page, `score-tablet-${width}`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
})

test('the whole sheet is judged and signed by keys alone', async () => {
  const { items, judgements } = await sheetOf()
  const page = await openAs(NAME)
  await openItem(page, items[0]!.code)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: '键盘' }).waitFor()
  await expectAccessible(page)
  await shot(page, 'score-keys')
  await page.keyboard.press('Escape')
  await deduct(page, FACT)
  await page.keyboard.press('Control+Enter')
  for (let left = items.length - judgements.length - 1; left > 0; left--) {
    await page.getByText(`还剩 ${left} 项`).waitFor()
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
    await settled(page)
    await page.keyboard.press(left % 2 ? '0' : 'Enter')
  }
  await page.getByRole('dialog', { name: '提交评分' }).waitFor()
  await tabTo(page, '提交评分')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/c/inspections/${visit}`)
  const done = await sheetOf()
  expect(done.judgements).toHaveLength(items.length)
  expect(done.judgements.flatMap(one => one.deductions.map(each => each.fact)).sort()).toEqual([THEIRS, FACT, FACT].sort())
}, 180_000)
