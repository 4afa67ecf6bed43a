/** Evidence where it is used: an assessor looks at pages beside the item by keys; a unit hands in at the very thing it is about. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot } from './support/browser'
import { account, drafting, Somebody } from './support/city'
import { seen, settled } from './support/tour'

const PATIENCE = { timeout: 15_000 }

interface Own { id: string, my_sheet_id: string | null }
interface Piece { evidence_id: string, title: string, state: string, verdict: string }
interface Facts { code: string, evidence: Piece[] }

/** An open sheet, and an item of it for which the unit shows at least two pieces that can be looked at. */
async function sheetWithPages(): Promise<{ who: Somebody, name: string, inspection: string, criterion: string, code: string }> {
  for (const name of ['inspector1', 'inspector3', 'inspector5', 'inspector7', 'inspector2', 'inspector4']) {
    const who = await Somebody.called(name)
    const [year] = await who.years()
    for (const one of await who.list<Own>(`/inspections?campaign_id=${year!.id}&state=in_progress`)) {
      if (!one.my_sheet_id) continue
      const sheet = await who.get<{ state: string, items: { criterion_id: string }[] }>(`/sheets/${one.my_sheet_id}`)
      if (sheet.state !== 'open') continue
      for (const { criterion_id: criterion } of sheet.items) {
        const { code, evidence } = await who.get<Facts>(`/inspections/${one.id}/items/${criterion}`)
        if (evidence.filter(each => each.state === 'available').length > 1) return { who, name, inspection: one.id, criterion, code }
      }
    }
  }
  throw new Error('no sheet is open whose unit shows two pieces for one item')
}

const picture = (page: Page) => page.getByRole('complementary', { name: '本条佐证' }).locator('.sheet-of img')
const isDrawn = (page: Page) => picture(page).evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 300)

test('the assessor looks at the pages beside the item, goes from piece to piece and judges them by keys alone', async () => {
  const { who, name, inspection, criterion, code } = await sheetWithPages()
  const facts = () => who.get<Facts>(`/inspections/${inspection}/items/${criterion}`)
  const [first, second] = (await facts()).evidence
  const page = await openAs(name)
  await page.goto(`/c/inspections/${inspection}/score?item=${code}`)
  await picture(page).waitFor()
  await expect.poll(() => isDrawn(page), PATIENCE).toBe(true)
  await seen(page, 'score-preview')
  const before = await picture(page).getAttribute('src')

  await page.keyboard.press('j')
  await page.getByRole('complementary').getByText(second!.title, { exact: true }).waitFor()
  await expect.poll(() => picture(page).getAttribute('src'), PATIENCE).not.toBe(before)
  await page.keyboard.press('k')
  await page.getByRole('complementary').getByText(first!.title, { exact: true }).waitFor()
  await picture(page).waitFor()
  await page.keyboard.press('v')
  expect(await page.evaluate(() => document.activeElement?.classList.contains('sheet-of'))).toBe(true)
  const small = await picture(page).evaluate(image => image.clientWidth)
  await page.keyboard.press('+')
  await expect.poll(() => picture(page).evaluate(image => image.clientWidth), PATIENCE).toBeGreaterThan(small * 1.5)
  await expectAccessible(page)
  await shot(page, 'score-preview-enlarged')

  await page.keyboard.press('y')
  await expect.poll(async () => (await facts()).evidence.find(one => one.evidence_id === first!.evidence_id)?.verdict, PATIENCE).toBe('accepted')
  await page.getByRole('complementary').getByRole('row').filter({ hasText: '采信' }).first().waitFor()
})

test('a file dropped at a measure is evidence of that measure, and can be looked at right there', async () => {
  const [number] = await drafting('self-reports')
  const name = account(number!, 'office')
  const somebody = await Somebody.called(name)
  const [year] = await somebody.years()
  const { unit } = await somebody.get<{ unit: { id: string } }>('/me')
  const [measure] = await somebody.list<{ id: string, number: number }>(`/measures?campaign_id=${year!.id}&unit_id=${unit.id}`)
  const page = await openAs(name)
  await page.goto(`/u/measures/${measure!.id}`)
  const box = page.getByRole('region', { name: `措施 ${measure!.number} 的佐证材料` })
  const title = `推进会纪要${Date.now()}`
  await box.locator('input[type=file]').first().setInputFiles({ name: `${title}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${title}\n${'会议纪要。'.repeat(40)}`) })
  const dialog = page.getByRole('dialog', { name: '上传佐证材料' })
  await dialog.getByText(`用于：措施 ${measure!.number}`).waitFor()
  await dialog.getByRole('checkbox', { name: /不含国家秘密/ }).check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '开始上传' }).click()
  await box.getByRole('button', { name: `预览 ${title}` }).click()
  await box.locator('.sheet-of img').waitFor()
  await seen(page, 'measure-evidence')
  expect((await somebody.list<{ title: string }>(`/evidence?measure_id=${measure!.id}`)).map(one => one.title)).toContain(title)
})

test('the report has its annexes beside the text, an objection the evidence of its item', async () => {
  const [number] = await drafting('self-reports')
  const page = await openAs(account(number!, 'office'))
  await page.goto('/u/report')
  await page.getByRole('region', { name: '报告附件' }).waitFor()
  await seen(page, 'report-annexes')

  const officer = await openAs('officer')
  const known = await Somebody.called('officer')
  const [objection] = await known.list<{ id: string, criterion_code: string }>('/objections')
  await officer.goto(`/c/objections/${objection!.id}`)
  await officer.getByRole('region', { name: `${objection!.criterion_code} 的佐证材料` }).waitFor()
  await settled(officer)
  await seen(officer, 'objection-evidence')
})
