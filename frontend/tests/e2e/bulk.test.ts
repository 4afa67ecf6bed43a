/** Many at once: a table brought in with its mistakes, rows pasted into a grid, a search by keys, lists as files, material asked for once. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot } from './support/browser'
import { carryOut, seen, settled } from './support/tour'

const HEADINGS = '台账,外部编号,名称,学习日期,学习专题,学习形式,应到人数,实到人数'
const ROWS = 12

/** Twelve sessions of study under codes of their own; with mistakes in three rows, or without. */
function sheet(code: string, wrong: readonly number[]): { name: string, mimeType: string, buffer: Buffer } {
  const rows = Array.from({ length: ROWS }, (_, at) => `T5,${code}-${at},第 ${at + 1} 次集中学习,${wrong.includes(at) ? '二月三十' : `2026-03-${String(at + 1).padStart(2, '0')}`},学习贯彻全会精神,集中研讨,8,8`)
  return { name: `学习-${code}.csv`, mimeType: 'text/csv', buffer: Buffer.from([HEADINGS, ...rows].join('\n')) }
}

/** Lets a file fall on the page's drop zone and waits until it has been looked at. */
async function check(page: Page, file: ReturnType<typeof sheet>): Promise<void> {
  await page.locator('.drop input[type=file]').setInputFiles(file)
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
  await page.getByRole('heading', { name: '检查结果' }).waitFor()
}

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return file.suggestedFilename()
}

async function figures(page: Page): Promise<string[]> {
  return (await page.locator('.counts dd').allInnerTexts()).map(text => text.replace(/\D/g, ''))
}

test('a table is looked at first, its mistakes stand by cause, the good rows go in, the same table again changes nothing', async () => {
  const page = await openAs('unit07.office')
  await page.goto('/u/imports')
  await seen(page, 'imports')
  expect(await download(page, '下载“台账记录”模板')).toBe('台账记录导入模板.xlsx')
  const code = `E2E${Date.now()}`

  await check(page, sheet(code, [1, 4, 5]))
  await seen(page, 'import-checked')
  expect(await figures(page)).toEqual(['9', '0', '0', '3'])
  const cause = page.getByRole('row', { name: /不是有效的日期/ })
  expect(await cause.innerText()).toContain('第 3 行：二月三十')
  expect(await download(page, '下载标好问题的文件')).toBe(`学习-${code}-已标注.xlsx`)
  await carryOut(page, '确认导入')
  await page.getByText('已写入 9 行，3 行有问题没有写').waitFor()
  await shot(page, 'import-done')

  await page.goto('/u/imports')
  await check(page, sheet(code, []))
  expect(await figures(page)).toEqual(['3', '0', '9', '0'])
  await carryOut(page, '确认导入')
  await page.getByText('已写入 3 行，9 行本来就一样').waitFor()

  await page.goto('/u/imports')
  await check(page, sheet(code, []))
  await page.getByText('和已有的记录完全一样').waitFor()
  expect(await page.getByRole('button', { name: '确认导入' }).count()).toBe(0)
})

test('rows pasted under their headings are looked at at once; what is wrong stands in its cell and keeps its words', async () => {
  const page = await openAs('unit07.office')
  await page.goto('/u/ledgers/T11/grid')
  await settled(page)
  const rows = ['工作内容\t日期\t帮扶村（社区）\t惠及户数\t驻村天数', '送技术下乡\t2026-05-06\t东河村\t12\t3', '修水渠\t二月三十\t西山村\t八户\t5'].join('\n')
  await page.locator('.grid-edit tbody input').first().evaluate((cell, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, rows)
  await page.getByText('2 行里有 1 行要改').waitFor()
  await expectAccessible(page)
  await shot(page, 'grid-pasted')
  expect(await page.getByRole('textbox', { name: '第 2 行日期' }).inputValue()).toBe('二月三十')
  await page.getByRole('textbox', { name: '第 2 行日期' }).fill('2026-05-07')
  await page.getByRole('textbox', { name: '第 2 行惠及户数' }).fill('8')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.waitForURL('**/u/ledgers/T11')
  await page.getByRole('link', { name: '修水渠' }).first().waitFor()
})

test('Ctrl+K finds words in one’s own things, by keys alone, and remembers them', async () => {
  const page = await openAs('unit07.office')
  await settled(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^搜索/ }).fill('学习')
  await page.getByRole('option').first().waitFor()
  await settled(page)
  await expectAccessible(page)
  await shot(page, 'search-dialog')
  const units = await page.getByRole('option').locator('.muted').allInnerTexts()
  expect(new Set(units.map(text => text.split('，').pop())).size).toBe(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/search\?q=/)
  await seen(page, 'search')
  await page.getByRole('link', { name: /^更多/ }).first().click()
  await page.waitForURL(/kind=/)
  await seen(page, 'search-kind')
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: '学习', exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('a list is made into a file that can be fetched, and stands among the earlier ones', async () => {
  const page = await openAs('officer')
  await page.goto('/c/plans')
  await settled(page)
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '导出年度计划' })
  await dialog.waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '开始导出' }).click()
  await dialog.getByRole('button', { name: '下载' }).waitFor()
  await expectAccessible(page)
  await shot(page, 'export')
  expect(await download(page, '下载')).toMatch(/^年度计划-\d{8}\.xlsx$/)
  await page.goto('/c/imports')
  await page.getByRole('table', { name: '以前的导出' }).getByRole('button', { name: /^下载/ }).first().waitFor()
  await seen(page, 'imports-committee')
})

test('a unit sees its report beside last year’s own and nothing of others but how much; the committee sees whose', async () => {
  const own = await openAs('unit05.office')
  await own.goto('/u/report/text')
  const panel = own.getByRole('region', { name: '和去年、和别的单位比一比' })
  await panel.getByText(/占全文/).waitFor()
  await panel.locator('summary').first().click()
  await seen(own, 'copies-own')
  expect(await panel.getByText(/\d{4} 年写的/).count()).toBeGreaterThan(0)
  expect(await panel.getByText(/(局|办公室|委员会|部|院)写的/).count()).toBe(0)

  const officer = await openAs('officer')
  await officer.goto('/c/reports')
  await officer.getByRole('table').getByRole('link').first().click()
  const theirs = officer.getByRole('region', { name: '和去年、和别的单位比一比' })
  await theirs.locator('summary').first().click()
  await theirs.getByText(/写的，相同 \d+%/).first().waitFor()
  await seen(officer, 'copies-committee')
})

test('a unit takes its year’s evidence home in one file', async () => {
  const page = await openAs('unit07.office')
  await settled(page)
  await page.getByRole('button', { name: '导出材料包' }).click()
  await page.getByRole('dialog', { name: '导出材料包' }).getByRole('button', { name: '开始导出' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '下载' }).waitFor()
  await seen(page, 'pack')
  expect(await download(page, '下载')).toMatch(/\.zip$/)
})

test('material that units hold is not asked for again, and a unit finds its answer there', async () => {
  const officer = await openAs('officer')
  await officer.goto('/c/burden')
  await seen(officer, 'burden')
  await officer.getByRole('link', { name: '收集材料' }).click()
  await officer.getByRole('textbox', { name: '收集什么' }).waitFor()
  await settled(officer)
  await officer.getByRole('textbox', { name: '收集什么' }).fill('中心组学习情况')
  await officer.getByRole('textbox', { name: '依据' }).fill('市委办公室通知')
  for (const [label, code] of [['关于哪些条目', 'B7'], ['哪些台账', 'T5']] as const) {
    await officer.getByRole('combobox', { name: new RegExp(label) }).fill(code)
    await officer.keyboard.press('Enter')
  }
  for (const [label, date] of [['所属时间起', '2026-01-01'], ['所属时间止', '2026-11-30'], ['报送期限', '2026-12-10']] as const) await officer.getByLabel(label).fill(date)
  await seen(officer, 'material-new')
  await officer.getByRole('button', { name: '起草，看已有的' }).click()
  await officer.getByText('2 项已有单位交过').waitFor()
  await seen(officer, 'material-drafted')
  expect(await officer.getByRole('button', { name: '下发' }).getAttribute('aria-disabled')).toBe('true')
  await officer.getByRole('button', { name: '不再要这一项' }).first().click()
  const reason = officer.getByRole('textbox', { name: /^再要一次/ })
  await officer.getByText('1 项已有单位交过').waitFor()
  await reason.fill('上级要求报送原件')
  await reason.press('Tab')
  await officer.getByText('1 项已有单位交过').waitFor({ state: 'detached' })
  await carryOut(officer, '下发')

  const unit = await openAs('unit07.office')
  await unit.goto('/u/burden')
  await seen(unit, 'burden-unit')
  await unit.getByRole('link', { name: '中心组学习情况' }).first().click()
  await seen(unit, 'material-unit')
  await unit.getByText('已有，直接采用').first().waitFor()
})

test('a service account is kept to its network, and its secret changes while the old one lasts', async () => {
  const security = await openAs('admin.security')
  await security.goto('/a/service-accounts')
  await security.getByRole('button', { name: '增加服务账号' }).click()
  const name = `OA ${Date.now()}`
  await security.getByRole('textbox', { name: '系统名称' }).fill(name)
  await security.getByRole('checkbox', { name: '批量导入' }).check()
  await security.getByRole('textbox', { name: /^只许从/ }).fill('10.1.0.0/16\n内网')
  await security.getByRole('button', { name: '增加', exact: true }).click()
  await security.getByText('第 2 行不是地址或网段').first().waitFor()
  await expectAccessible(security)
  await security.getByRole('textbox', { name: /^只许从/ }).fill('10.1.0.0/16')
  await security.getByRole('button', { name: '增加', exact: true }).click()
  await security.getByRole('button', { name: '已经记下' }).click()
  const row = security.getByRole('row', { name: new RegExp(name) })
  await row.getByRole('button', { name: /^换密钥/ }).click()
  await expectAccessible(security)
  await security.getByRole('dialog').getByRole('button', { name: '换密钥' }).click()
  await security.getByRole('button', { name: '已经记下' }).click()
  await row.getByText('原密钥用到').waitFor()
  await row.getByRole('button', { name: /^停掉原密钥/ }).click()
  await row.getByText('原密钥用到').waitFor({ state: 'detached' })
  await seen(security, 'service-accounts')
})
