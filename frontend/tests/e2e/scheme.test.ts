/**
 * A year's scheme, in a town of its own because a year in preparation changes what others take for the latest: from an
 * example to a saved scheme by keyboard alone, a file with mistakes, a trial, two people at once, an old version restored.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAs, shot, takeNoises } from './support/browser'
import { Somebody } from './support/city'
import { expectAccessible } from './support/axe'
import { serve } from './support/product'
import { seen, settled } from './support/tour'

const TOWN = [33, 34, 35]
const SEEDING_MS = 240_000
const FARTHEST = 400
let stop: (() => Promise<void>) | undefined
let campaign: string
let number: () => Promise<number>

interface Campaign { id: string, year: number, standard_id: string, nature: string }

beforeAll(async () => {
  stop = await serve(TOWN)
  const officer = await Somebody.called('officer')
  const [latest] = await officer.list<Campaign>('/campaigns?sort=-year')
  const next = await officer.write<Campaign>('POST', '/campaigns', { year: latest!.year + 1, name: `${latest!.year + 1} 年度创建活动`, standard_id: latest!.standard_id })
  campaign = next.id
  number = async () => (await officer.get<{ number: number }>(`/campaigns/${campaign}/scheme`)).number
}, SEEDING_MS)
afterAll(async () => stop?.())

/** Off the stage: another example in force. */
async function beginWith(example: string): Promise<void> {
  const officer = await Somebody.called('officer')
  const { version } = await officer.get<{ version: number }>(`/campaigns/${campaign}/scheme`)
  await officer.write('POST', `/campaigns/${campaign}/scheme/reset?example=${example}`, {}, version)
}

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/c/campaigns/${campaign}/scheme${query}`)
  await page.getByRole('heading', { level: 1, name: '计分方案' }).waitFor()
  await settled(page)
}

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let left = FARTHEST; left > 0; left -= 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const one = document.activeElement as HTMLInputElement | null
      return one?.getAttribute('aria-label') ?? one?.labels?.[0]?.textContent ?? one?.textContent ?? ''
    })
    if (name.test(focused.trim())) return
  }
  throw new Error(`no way by Tab to ${name.source}`)
}

test('from an example to a saved scheme by keyboard alone', async () => {
  const page = await openAs('officer')
  await open(page)
  const before = await number()
  await tabTo(page, /^从现成的方案开始$/)
  await page.keyboard.press('Enter')
  await seen(page, 'scheme-begin')
  await tabTo(page, /^用这个：分档评定$/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText(`第 ${before + 1} 版`).waitFor()

  await tabTo(page, /^A1 分值$/)
  const points = page.getByRole('textbox', { name: 'A1 分值' })
  const was = await points.inputValue()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('9')
  await page.getByText(/各条目合计 .*\+/).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').getByRole('heading', { name: /处要改/ }).waitFor()
  await seen(page, 'scheme-wrong')
  await tabTo(page, /^A1 分值$/)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(was)
  await page.getByText(/各条目合计 .*\+/).waitFor({ state: 'detached' })

  await tabTo(page, /^A2 扣分目录或档次/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'A2 怎样评分' }).waitFor()
  await expectAccessible(page)
  await tabTo(page, /^第 4 档描述$/)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('没有开展')
  await tabTo(page, /^用到方案里$/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Enter')
  await page.getByText('计分方案已保存').waitFor()
  expect(await number()).toBe(before + 2)
})

test('every part can be seen and set; a refusal leads into its part', async () => {
  const page = await openAs('officer')
  for (const [example, parts] of Object.entries({ parts: ['weights'], deduction: ['points', 'extras', 'vetoes'], levels: ['aside', 'grades', 'terms'] })) {
    await beginWith(example)
    for (const part of parts) {
      await open(page, `?part=${part}`)
      await seen(page, `scheme-${part}`)
    }
  }
  await page.getByRole('textbox', { name: '陈述申辩期限（工作日）' }).fill('七')
  await page.getByRole('navigation', { name: '方案目录' }).getByText('1 处要改').waitFor()
  await page.getByRole('link', { name: '条目分值' }).click()
  await page.getByRole('button', { name: '保存方案' }).click()
  await page.getByRole('alert').getByRole('link', { name: /陈述申辩期限/ }).click()
  await page.waitForURL(/part=terms/)
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement).value === '七')
  await page.getByRole('textbox', { name: '陈述申辩期限（工作日）' }).fill('9')
  await page.waitForTimeout(300) // as long as a hand takes from the field to the reload
  await page.reload()
  await page.getByText(/^已恢复/).waitFor()
  expect(await page.getByRole('textbox', { name: '陈述申辩期限（工作日）' }).inputValue(), 'the draft is kept').toBe('9')
  await page.getByRole('button', { name: '丢弃草稿' }).click()
})

test('a column from Excel goes into the items one after the other', async () => {
  const page = await openAs('officer')
  await open(page)
  await page.getByRole('textbox', { name: 'A1 分值' }).focus()
  await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', '3.00\n2.50\n1.75')
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await page.getByText('已填入 3 条').waitFor()
  expect(await Promise.all(['A1', 'A2', 'A3'].map(code => page.getByRole('textbox', { name: `${code} 分值` }).inputValue()))).toEqual(['3.00', '2.50', '1.75'])
  await page.getByText('3 条的最高一档与分值不符').waitFor()
  await page.getByRole('button', { name: '平均分配 A' }).click()
  await page.getByText(/，多出|，还差/).waitFor({ state: 'detached' })
  await page.getByText('最高一档与分值不符').waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: 'A1 分值' }).fill('1.50')
  await page.getByRole('textbox', { name: 'A2 分值' }).fill('1.64')
  await page.getByRole('button', { name: '各档按新分值折算' }).click()
  await page.getByText('最高一档与分值不符').waitFor({ state: 'detached' })
})

test('a file with a mistake is refused with the place of it, and nothing is changed', async () => {
  const page = await openAs('officer')
  await open(page)
  const before = await number()
  await page.getByRole('button', { name: '从现成的方案开始' }).click()
  const file = 'dimensions: {A: 25}\nitems: {A1: {points: 很多}}\ngrades: [{name: 好, at_least: 0}]\n'
  await page.getByLabel('选择方案文件').setInputFiles({ name: '方案.yaml', mimeType: 'application/yaml', buffer: Buffer.from(file) })
  await page.getByRole('table', { name: '文件里要改的地方' }).getByText('A1/points').waitFor()
  takeNoises() // the refusal
  await seen(page, 'scheme-import-mistake')
  expect(await number()).toBe(before)
})

test('a made-up unit is reckoned by what is typed, saved or not', async () => {
  const page = await openAs('officer')
  await open(page, '?part=weights')
  await page.getByRole('button', { name: '试算' }).click()
  const panel = page.getByRole('region', { name: '试算' })
  await panel.getByRole('button', { name: '算一遍' }).click()
  await panel.getByText('100.00').first().waitFor()
  await panel.getByRole('combobox', { name: '有扣分的条目' }).click()
  await panel.getByRole('option', { name: /^A1/ }).first().click()
  await panel.getByRole('combobox', { name: 'A1 评为哪一档' }).selectOption({ index: 3 })
  await panel.getByText('方案或数字已改，再算一遍').waitFor()
  await panel.getByRole('button', { name: '算一遍' }).click()
  await panel.getByText('99.06').first().waitFor()
  await seen(page, 'scheme-trial')
})

test('two officers at once: what only one changed is taken, what both changed is asked', async () => {
  const [one, other] = await Promise.all([openAs('officer'), openAs('officer')])
  await Promise.all([one, other].map(page => open(page, '?part=terms')))
  await one.getByRole('textbox', { name: '陈述申辩期限（工作日）' }).fill('5')
  await one.getByRole('textbox', { name: '约谈：低于多少分' }).fill('75')
  await one.getByRole('button', { name: '保存方案' }).click()
  await one.getByText('计分方案已保存').waitFor()
  await other.getByRole('textbox', { name: '陈述申辩期限（工作日）' }).fill('6')
  await other.getByRole('button', { name: '保存方案' }).click()
  const dialog = other.getByRole('dialog', { name: '这里已被他人改过' })
  await dialog.getByText('我写的：6').waitFor()
  await dialog.getByRole('button', { name: '用选中的保存' }).click()
  await other.getByText('计分方案已保存').waitFor()
  takeNoises() // the 412
  expect(await other.getByRole('textbox', { name: '约谈：低于多少分' }).inputValue()).toMatch(/^75/)
})

test('an old version is looked at and restored as a new one', async () => {
  const page = await openAs('officer')
  await beginWith('deduction')
  const before = await number()
  await open(page, '?tab=versions')
  await seen(page, 'scheme-versions')
  await page.getByRole('button', { name: /^查看\s*第 1 版$/ }).click()
  await page.getByText(/^第 1 版，/).waitFor()
  await seen(page, 'scheme-version')
  await page.getByRole('button', { name: '恢复这一版' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '恢复', exact: true }).click()
  await page.getByText('已恢复第 1 版的规则，存为新的一版').waitFor()
  await page.getByRole('rowheader', { name: `第 ${before + 1} 版 现行` }).waitFor()
})

test('a frozen scheme is a page to read, in the dark and on paper', async () => {
  const page = await openAs('officer', { theme: 'dark', width: 1920 })
  const running = (await (await Somebody.called('officer')).years())[1]!
  await page.goto(`/c/campaigns/${running.id}/scheme`)
  await page.getByText(/方案已冻结/).waitFor()
  await seen(page, 'scheme-frozen-dark')
  expect(await page.getByRole('button', { name: '保存方案' }).count()).toBe(0)
  await page.emulateMedia({ media: 'print' })
  await shot(page, 'scheme-frozen-print')
})
