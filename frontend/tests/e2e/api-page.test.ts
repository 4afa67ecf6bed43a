/** Integrators try the API in the browser: without a network beyond this server, under the policy of every page. */
import { expect, test } from 'vitest'
import { openWindow, shot } from './support/browser'
import { Somebody } from './support/city'

test('an operation is looked up and tried with a token, and no other host is asked', async () => {
  const page = await openWindow()
  const hosts = new Set<string>()
  page.on('request', request => hosts.add(new URL(request.url()).host))
  await page.goto('/api/docs')
  await page.getByRole('button', { name: 'Authorize' }).click()
  const dialog = page.getByRole('dialog').or(page.locator('.dialog-ux'))
  await dialog.getByRole('textbox').first().fill((await Somebody.called('officer')).token)
  await dialog.getByRole('button', { name: 'Apply credentials' }).first().click()
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  await page.getByPlaceholder('Filter by tag').waitFor()
  await page.locator('[data-tag="units"]').click()
  await page.locator('[id$="-unit_list"] .opblock-summary-control').click()
  await page.getByRole('button', { name: 'Try it out' }).click()
  await page.getByRole('button', { name: 'Execute' }).click()
  await page.locator('.responses-table.live-responses-table').getByText('200', { exact: true }).first().waitFor()
  await shot(page, 'api-page')
  expect([...hosts]).toEqual([new URL(page.url()).host])
})
