/**
 * A notice on its way: an officer drafts it at the inspection and words it beside the page that it makes, a leader issues it
 * under a number, the unit confirms receipt; and a template of the committee's own is taken, tried and put aside again.
 */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { openAs, takeNoises } from './support/browser'
import { account, numbers, Somebody } from './support/city'
import { carryOut, seen, settled } from './support/tour'

interface Visit { id: string, unit_id: string, unit_name: string, visit_on: string | null }

let visit: Visit
let office: string
beforeAll(async () => {
  const officer = await Somebody.called('officer')
  const [year] = await officer.years()
  const drafted = (await officer.list<{ subject_id: string }>('/documents?kind=inspection_notice')).map(one => one.subject_id)
  visit = (await officer.list<Visit>(`/inspections?campaign_id=${year!.id}`)).filter(one => one.visit_on && !drafted.includes(one.id)).at(-1)!
  office = account((await numbers(officer)).get(visit.unit_id)!, 'office')
})

/** The name of the file that a button brings. */
async function brought(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).first().click()])
  return download.suggestedFilename()
}

test('a notice is drafted, worded beside its page, issued under a number, and received', async () => {
  const officer = await openAs('officer')
  await officer.goto(`/c/inspections/${visit.id}`)
  const notice = officer.getByRole('group', { name: '检查考核通知' })
  await notice.getByRole('button', { name: '拟文' }).click()
  await officer.waitForURL(/\/c\/documents\/[0-9a-f-]{36}/)
  const { pathname } = new URL(officer.url())
  const sheet = officer.getByRole('group', { name: '公文版面' })
  await sheet.getByText('征求意见稿').waitFor()
  await officer.getByText('符合 GB/T 9704-2012').waitFor()

  await officer.getByRole('textbox', { name: '结尾' }).fill('请于2026年01月05日前准备好,按时参加。')
  await officer.getByText('月、日不加零').waitFor()
  await officer.getByText('半角标点').waitFor()
  await seen(officer, 'document-remarks')
  await officer.getByRole('textbox', { name: '结尾' }).fill('请提前一天把材料备齐，按时参加。')
  await sheet.getByText('请提前一天把材料备齐，按时参加。').waitFor()
  await officer.getByText('符合 GB/T 9704-2012').waitFor()
  expect(await brought(officer, 'Word')).toMatch(/^关于对.+检查考核的通知\.docx$/)

  const leader = await openAs('leader')
  await leader.goto(pathname)
  await settled(leader)
  await carryOut(leader, '签发')
  const number = (await leader.getByRole('group', { name: '公文版面' }).getByText(/^市直工委通〔\d{4}〕[1-9]\d*号$/).textContent())!

  const unit = await openAs(office)
  await unit.goto('/u/documents')
  await seen(unit, 'documents-of-unit')
  await unit.getByRole('row', { name: number }).getByRole('link').click()
  await unit.getByText('请提前一天把材料备齐，按时参加。').waitFor()
  await unit.getByRole('button', { name: '签收' }).click()
  await unit.getByRole('group', { name: '回执' }).waitFor()
  expect(await brought(unit, 'PDF')).toMatch(new RegExp(`^${number}.+\\.pdf$`))
  await seen(unit, 'document-received')

  await officer.goto('/c/documents?tab=register')
  await officer.getByRole('row', { name: number }).getByText('1 / 1').waitFor()
  await seen(officer, 'documents-register')
})

test('a template is taken with the checker’s word, tried, and put aside for the built-in layout', async () => {
  const page = await openAs('officer', { theme: 'dark' })
  await page.goto('/c/documents/templates')
  const receipt = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: '回执', exact: true }) })
  const [start] = await Promise.all([page.waitForEvent('download'), receipt.getByRole('button', { name: '下载起始模板' }).click()])
  const buffer = await readFile(await start.path())
  const file = receipt.locator('input[type=file]')

  await file.setInputFiles({ name: '回执.doc', mimeType: 'application/msword', buffer })
  await receipt.getByText('模板须为 .docx 文件').waitFor()
  expect(takeNoises()).toHaveLength(1)
  await file.setInputFiles({ name: '工委回执.docx', mimeType: '', buffer })
  await receipt.getByText(/工委回执\.docx，第 \d+ 版/).waitFor()
  await seen(page, 'templates')
  expect(await brought(page, '套示例试看')).toMatch(/\.docx$/)

  await receipt.getByRole('button', { name: '恢复内置版面' }).click()
  await receipt.getByText('内置版面', { exact: true }).waitFor()
})
