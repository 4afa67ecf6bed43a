/** Pieces against items: assessors give their word by keys, the unit reads it, tags many at once, goes on with last year's, keeps revisions. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot } from './support/browser'
import { account, numbers, Somebody } from './support/city'
import { seen, settled } from './support/tour'

const UNIT = 7
const LAST_YEARS = /的条目，上年的还可以用/
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`${text}\n${'情况属实。'.repeat(50)}`) })

async function unitId(): Promise<string> {
  const known = await numbers(await Somebody.called('officer'))
  return [...known].find(([, number]) => number === UNIT)![0]
}

/** Hands one file in and opens its piece. */
async function handIn(page: Page, name: string): Promise<void> {
  await page.goto('/u/evidence')
  await settled(page)
  await page.locator('.evlist input[type=file]').first().setInputFiles(file(`${name}.txt`, name))
  const dialog = page.getByRole('dialog', { name: '上传佐证材料' })
  await dialog.getByRole('checkbox', { name: /不含国家秘密/ }).check()
  await dialog.getByRole('button', { name: '开始上传' }).click()
  await page.getByRole('region', { name: '上传', exact: true }).getByText('上传完成').waitFor()
  await page.getByRole('table', { name: '佐证材料' }).getByRole('link', { name }).click()
  await page.getByRole('region', { name }).waitFor()
}

test('an assessor goes through the matrix by keys, and the unit reads the word and its reason', async () => {
  const unit = await unitId()
  const officer = await openAs('officer')
  await officer.goto(`/c/units/${unit}/items`)
  await settled(officer)
  await officer.getByRole('link', { name: '材料对照表' }).click()
  const table = officer.getByRole('table', { name: /材料对照表$/ })
  await table.waitFor()
  await seen(officer, 'matrix-committee')
  const open = async () => Number(/未审核 (\d+)/.exec(await officer.locator('main').innerText())![1])
  const before = await open()

  await table.getByRole('button', { name: /未审核$/ }).first().focus()
  await officer.keyboard.press('Enter')
  await officer.getByRole('button', { name: /^采信/ }).waitFor()
  await officer.keyboard.press('y')
  await expect.poll(open).toBe(before - 1)
  await officer.getByRole('button', { name: /^采信/ }).waitFor()
  await officer.keyboard.press('n')
  await officer.keyboard.press('Control+Enter')
  await officer.getByText('写明不采信的理由').waitFor()
  await officer.keyboard.type('缺少印发日期 n')
  await expectAccessible(officer)
  await shot(officer, 'matrix-refusing')
  await officer.keyboard.press('Control+Enter')
  await expect.poll(open).toBe(before - 2)
  const at = await officer.evaluate(() => document.activeElement?.textContent)
  expect(at, 'the focus stands on the next one to judge').toContain('未审核')
  await officer.keyboard.press('ArrowDown')
  await settled(officer)
  expect(await officer.evaluate(() => document.activeElement?.getAttribute('aria-pressed'))).toBe('true')
  const left = await open()
  await table.getByRole('button', { name: /：采信$/ }).first().click()
  await officer.getByRole('button', { name: '撤销认定' }).click()
  await expect.poll(open).toBe(left + 1)
  await officer.getByRole('checkbox', { name: '只看还有未审核的' }).check()
  await officer.waitForURL(/open=1/)

  const page = await openAs(account(UNIT, 'office'))
  await page.goto('/u/items/matrix')
  await settled(page)
  await page.getByRole('button', { name: /不采信，缺少印发日期 n$/ }).first().click()
  await page.locator('.mark-panel').getByText('缺少印发日期 n').waitFor()
  expect(await page.getByRole('button', { name: /^(采信|不采信)/ }).count(), 'a unit gives no word on its own').toBe(0)
  await seen(page, 'matrix-unit')
})

test('last year’s piece is gone on with by one press', async () => {
  const page = await openAs(account(UNIT, 'office'))
  await page.goto('/u/items/matrix?dimension=C')
  await settled(page)
  const offers = page.getByRole('region', { name: LAST_YEARS })
  await offers.waitFor()
  const button = offers.getByRole('button', { name: /^沿用到/ }).first()
  const [, code, title] = /沿用到 (\S+?)：(.*)/.exec((await button.getAttribute('aria-label'))!)!
  await button.click()
  await page.getByText(`已沿用到 ${code}，不用再传。`).waitFor()
  await page.getByRole('table', { name: /材料对照表$/ }).getByRole('button', { name: new RegExp(`^${title}，${code} .*未审核$`) }).waitFor()
  await seen(page, 'matrix-taken-over')

  const [other] = /^\S+/.exec(await offers.getByRole('heading', { level: 3 }).first().innerText())!
  await page.goto(`/u/evidence?criterion=${other}`)
  await settled(page)
  await page.getByText(`${other} 还没有材料。可以沿用下面上年的`).waitFor()
  const lastYears = page.getByRole('region', { name: `${other} 上年的材料` })
  await lastYears.getByRole('button', { name: `沿用到 ${other}` }).first().click()
  await page.getByText(`已沿用到 ${other}，不用再传。`).waitFor()
  await lastYears.waitFor({ state: 'detached' })
  await seen(page, 'evidence-last-year')
})

test('what was taken over for one item is offered for the others that it showed', async () => {
  const page = await openAs(account(31, 'office'))
  await page.goto('/u/items/matrix?dimension=B')
  await settled(page)
  await page.getByRole('region', { name: LAST_YEARS }).getByRole('button', { name: /^沿用到 B1：中心组学习/ }).click()
  await page.getByText('已沿用到 B1').waitFor()
  const hint = page.getByRole('table', { name: /材料对照表$/ }).getByRole('button', { name: /^中心组学习.*，B7 .*还可用于此处$/ })
  await hint.click()
  await seen(page, 'matrix-hint')
  await page.locator('.mark-panel').getByRole('button', { name: /^也用于 B7/ }).click()
  await page.getByText('已沿用到 B7，不用再传。已在 2 处使用，省报 1 次').waitFor()
  await hint.waitFor({ state: 'detached' })
})

test('several pieces are tagged at once, row by row told, and taken back', async () => {
  const page = await openAs(account(UNIT, 'office'))
  await page.goto('/u/evidence?sort=title')
  await settled(page)
  const table = page.getByRole('table', { name: '佐证材料' })
  const boxes = table.getByRole('checkbox', { name: /^选择 / })
  await boxes.nth(0).check()
  await boxes.nth(3).click({ modifiers: ['Shift'] })
  const many = page.getByRole('region', { name: '选中的材料一起改' })
  await many.getByText('已选 4 份').waitFor()
  await many.getByRole('combobox', { name: /用处/ }).fill('A5')
  await page.keyboard.press('Enter')
  await many.getByRole('button', { name: '一起加上' }).click()
  await many.getByText('改好 4 处，共 4 处').waitFor()
  expect(await many.getByText('已用于 A5').count()).toBe(4)
  await seen(page, 'evidence-many')
  await many.getByRole('button', { name: '一起加上' }).click()
  await many.getByText('改好 0 处，共 4 处').waitFor()
  expect(await many.getByText('原来就用于 A5').count()).toBe(4)
  await many.getByRole('button', { name: '一起去掉' }).click()
  await many.getByText('改好 4 处，共 4 处').waitFor()
  await many.getByRole('button', { name: '撤销刚才的改动' }).click()
  await many.getByText('已撤销 4 处，共 4 处').waitFor()
  await many.getByRole('button', { name: '一起去掉' }).click()
  await many.getByText('不再用于 A5').first().waitFor()
  await table.getByRole('checkbox', { name: '选择本页全部' }).check()
  await many.getByText(`已选 ${await boxes.count()} 份`).waitFor()
})

test('a file is replaced by a newer one that others may join; what it was stays', async () => {
  const page = await openAs(account(UNIT, 'office'))
  const name = `议事规则${Date.now()}`
  await handIn(page, name)
  const files = page.getByRole('region', { name: /^文件/ })
  const choosing = page.waitForEvent('filechooser')
  await files.getByRole('button', { name: `换一版 ${name}.txt` }).click()
  await (await choosing).setFiles(file(`${name}（修订）.txt`, '修订'))
  await files.getByText('第 2 版').waitFor()
  await files.getByText('旧版 1 份').click()
  await files.getByText(`第 1 版 ${name}.txt`).waitFor()
  await files.getByText(/换下$/).waitFor()
  await files.locator('.drop input[type=file]').setInputFiles([file('签到表.txt', '签到'), file('会议纪要.txt', '纪要')])
  await files.getByRole('button', { name: '换一版 会议纪要.txt' }).waitFor()
  await seen(page, 'evidence-revisions')
  const download = page.waitForEvent('download')
  await files.getByRole('button', { name: `下载第 1 版 ${name}.txt` }).click()
  expect((await download).suggestedFilename()).toBe(`${name}.txt`)
})
