/** One's own calendar: looked at by month, taken along by an address, and the address ended again. */
import { expect, test } from 'vitest'
import { openAs } from './support/browser'
import { account } from './support/city'
import { seen, settled } from './support/tour'

test('a calendar is subscribed to by an address that is shown once and can be ended', async () => {
  const page = await openAs(account(2, 'lead'))
  await page.goto('/account')
  await page.getByRole('link', { name: '日历订阅' }).click()
  await page.getByRole('heading', { name: '日历订阅' }).waitFor()
  await page.getByRole('button', { name: '上个月' }).click()
  await page.getByRole('button', { name: '本月' }).click()
  await settled(page)

  await page.getByRole('button', { name: '生成订阅地址' }).click()
  const address = await page.locator('.address').innerText()
  await seen(page, 'calendar')
  await page.getByRole('button', { name: '复制地址' }).click()
  expect(await page.evaluate(() => getSelection()!.toString().trim())).toBe(address)
  const program = `${process.env.SIHAO_E2E_URL}${new URL(address).pathname}`
  const read = await fetch(program)
  expect(read.headers.get('content-type')).toContain('text/calendar')
  expect(await read.text()).toContain('BEGIN:VEVENT')

  await page.reload()
  await page.getByText('日历软件最近在').waitFor()
  expect(await page.locator('.address').count()).toBe(0)
  await page.getByRole('button', { name: '停用地址' }).click()
  await seen(page, 'calendar-ending')
  await page.getByRole('button', { name: '停用', exact: true }).click()
  await page.getByRole('button', { name: '生成订阅地址' }).waitFor()
  expect((await fetch(program)).status).toBe(404)
})

test.each([{ width: 1920, theme: 'dark' }, { theme: 'contrast', font: 'xlarge' }] as const)('with %j nothing of it scrolls sideways', async (look) => {
  const page = await openAs('officer', look)
  await page.goto('/calendar')
  await settled(page)
  await seen(page, `calendar-${Object.values(look).join('-')}`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
})
