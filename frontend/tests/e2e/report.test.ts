/** A unit's evidence and self-report: a file shown for an item, a section written, the signature, the receipt, the officer's word. */
import { expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot } from './support/browser'
import { account, drafting, Somebody } from './support/city'
import { seen, settled } from './support/tour'

const FILE = '班子成员下基层调研台账（四季度补充）'
const OWN = '班子成员全年下基层调研人均六十二天，较上年增加四天；存在的不足是调研成果转化还不够及时，已列入下年措施。'

test('a file goes up with its progress and is shown for an item: the 52 cells change', async () => {
  const [, number] = await drafting('self-reports')
  const office = await openAs(account(number!, 'office'))
  await office.goto('/u/items')
  await seen(office, 'items')
  const shown = office.getByText(/个有佐证材料/)
  const before = Number(/(\d+) 个有佐证材料/.exec(await shown.innerText())?.[1])
  const bare = office.locator('table tr', { hasText: '还没有' }).first()
  const code = (await bare.getByRole('cell').first().innerText()).trim()
  expect(await office.locator('.cells a, .cells .cell').count()).toBe(52)

  await office.goto('/u/evidence')
  await seen(office, 'evidence')
  const input = office.locator('.evlist input[type=file]').first()
  await input.setInputFiles({ name: `${FILE}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${FILE}\n${'一、走访情况。\n'.repeat(4000)}${Date.now()}`) })
  const dialog = office.getByRole('dialog', { name: '上传佐证材料' })
  await dialog.getByRole('combobox', { name: /用于/ }).pressSequentially(code)
  await office.keyboard.press('ArrowDown')
  await office.keyboard.press('ArrowUp')
  await office.keyboard.press('Enter')
  await dialog.getByRole('button', { name: '开始上传' }).click()
  await dialog.getByText('请先确认不含国家秘密').waitFor()
  await expectAccessible(office)
  await shot(office, 'evidence-hand-in')
  expect(await dialog.getByText(`${FILE}.txt`).isVisible()).toBe(true)
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '开始上传' }).click()
  const dock = office.getByRole('region', { name: '上传', exact: true })
  await dock.getByText('已上传', { exact: true }).waitFor()
  await office.getByRole('link', { name: FILE }).first().waitFor()
  await expectAccessible(office)
  await shot(office, 'evidence-uploaded')

  await office.goto('/u/items')
  await settled(office)
  await office.getByText(`${before + 1} 个有佐证材料`).waitFor()
})

test('a report is written, presented, signed with a receipt, and accepted', async () => {
  const [, number] = await drafting('self-reports')
  const office = await openAs(account(number!, 'office'))
  await office.goto('/u/report')
  await seen(office, 'report')
  const tabs = office.getByRole('tablist', { name: '报告部分' }).or(office.locator('nav[aria-label="报告部分"]'))
  const names = await tabs.locator('a, button').allInnerTexts()
  for (const name of names) {
    await tabs.locator('a, button').filter({ hasText: name }).click()
    const box = office.getByRole('textbox', { name: /正文$/ })
    await box.waitFor()
    if (await box.inputValue()) continue
    await office.getByRole('button', { name: '从台账起草本节' }).click()
    await box.press('Control+End')
    await box.pressSequentially(`\n${OWN}`, { delay: 0 })
    await box.blur()
    await office.getByText('已保存').waitFor()
    await expectAccessible(office)
  }
  await shot(office, 'report-section')
  await office.reload()
  await settled(office)
  await office.getByRole('button', { name: '送班子审议' }).click()
  const present = office.getByRole('dialog', { name: '送班子审议' })
  await present.getByRole('button', { name: '送班子审议' }).click()
  await present.waitFor({ state: 'detached' })
  await seen(office, 'report-presented')

  const lead = await openAs(account(number!, 'lead'))
  await lead.goto('/u/report')
  await lead.getByRole('link', { name: '核对后签发' }).click()
  await lead.getByText('签发后锁定').first().waitFor()
  await seen(lead, 'report-sign')
  await lead.getByRole('button', { name: '签发报送' }).click()
  const sign = lead.getByRole('dialog', { name: '签发报送' })
  await sign.getByText('份材料，用于').waitFor()
  await expectAccessible(lead)
  await shot(lead, 'report-sign-asked')
  await sign.getByRole('button', { name: '签发报送' }).click()
  await lead.waitForURL('**/u/report/receipt')
  await lead.getByText(/已报送，编号/).waitFor()
  await seen(lead, 'report-receipt')

  const officer = await Somebody.called('officer')
  const [year] = await officer.years()
  const unit = (await (await Somebody.called(account(number!, 'office'))).get<{ unit: { id: string } }>('/me')).unit.id
  const [report] = await officer.list(`/self-reports?campaign_id=${year!.id}&unit_id=${unit}`)
  const page = await openAs('officer')
  await page.goto('/c/reports?state=submitted')
  await seen(page, 'reports-submitted')
  await page.goto(`/c/reports/${report!.id}`)
  await page.getByText(OWN).first().waitFor()
  await seen(page, 'report-review')
  await page.getByRole('button', { name: '接收' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '接收' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await lead.reload()
  await lead.getByText(/工委已接收/).waitFor()
})
