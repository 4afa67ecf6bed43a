/** Nothing typed is lost: reloads, ended sessions, somebody else's writing. Over a plain-HTTP intranet name, where keys and locks are missing. */
import { expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot, takeNoises } from './support/browser'
import { settled } from './support/tour'

test('what was typed survives a reload, can be thrown away and taken back, and is gone once sent', async () => {
  const page = await openAs('unit03.office')
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false)
  await page.goto('/complaints')
  await page.getByRole('textbox', { name: '内容' }).fill('台账和报告里同样的数字要填两遍')
  await page.getByRole('radio', { name: '投诉' }).check()
  await page.reload()
  await page.getByText('已恢复').waitFor()
  expect(await page.getByRole('textbox', { name: '内容' }).inputValue()).toBe('台账和报告里同样的数字要填两遍')
  expect(await page.getByRole('radio', { name: '投诉' }).isChecked()).toBe(true)
  await settled(page)
  await expectAccessible(page)
  await shot(page, 'form-restored')

  await page.getByRole('button', { name: '丢弃草稿' }).click()
  expect(await page.getByRole('textbox', { name: '内容' }).inputValue()).toBe('')
  await page.getByRole('button', { name: '撤销' }).click()
  expect(await page.getByRole('textbox', { name: '内容' }).inputValue()).toBe('台账和报告里同样的数字要填两遍')

  await page.getByRole('button', { name: '送出' }).click()
  await page.getByText('已送工委').waitFor()
  await page.reload()
  await settled(page)
  expect(await page.getByText('已恢复').count()).toBe(0)
  expect(await page.getByRole('textbox', { name: '内容' }).inputValue()).toBe('')
})

test('a session that ended asks over the filled form, which then is saved', async () => {
  const page = await openAs('unit04.office')
  await page.goto('/complaints')
  await page.getByRole('textbox', { name: '内容' }).fill('会议通知请早一天发')
  await page.context().clearCookies()
  await page.route('**/api/v1/complaints', (route) => {
    if (route.request().method() === 'POST') return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"detail":"登录已过期"}' })
    return route.continue()
  }, { times: 1 })
  await page.getByRole('button', { name: '送出' }).click()
  const dialog = page.getByRole('dialog', { name: '登录已过期' })
  await dialog.waitFor()
  await expectAccessible(page)
  expect(await page.getByLabel('内容').inputValue()).toBe('会议通知请早一天发')
  await dialog.getByRole('textbox').fill(process.env.SIHAO_DEMO_PASSWORD ?? '')
  await dialog.getByRole('button', { name: '继续' }).click()
  await page.getByText('已送工委').waitFor()
  await page.getByText('会议通知请早一天发').first().waitFor()
  expect(takeNoises().every(line => line.includes('401'))).toBe(true)
})

test('where two people change one name, the second settles it: theirs or mine', async () => {
  const first = await openAs('admin.security')
  const second = await openAs('admin.security')
  await first.goto('/a/people?q=unit95.member')
  await first.getByRole('link', { name: /^unit95\.member/ }).first().click()
  await first.waitForURL(/people\/[0-9a-f-]+$/)
  const name = (page: typeof first) => page.getByRole('textbox', { name: '姓名', exact: true })
  await name(first).waitFor()
  await second.goto(new URL(first.url()).pathname)
  await name(second).waitFor()

  const theirs = `王立新${Date.now() % 1000}` // another name in every run, so that there is something to settle
  await name(first).fill(theirs)
  await first.getByRole('button', { name: '保存', exact: true }).click()
  await first.getByText('已保存').waitFor()
  await name(second).fill('王立信')
  await second.getByRole('button', { name: '保存', exact: true }).click()
  const dialog = second.getByRole('dialog', { name: '这里已被他人改过' })
  await dialog.waitFor()
  await expectAccessible(second)
  await shot(second, 'form-conflict')
  await dialog.getByRole('radio', { name: `现在的：${theirs}` }).check()
  await dialog.getByRole('button', { name: '用选中的保存' }).click()
  await second.getByText('已保存').waitFor()
  expect(await name(second).inputValue()).toBe(theirs)
  expect(takeNoises().every(line => line.includes('412'))).toBe(true)
})
