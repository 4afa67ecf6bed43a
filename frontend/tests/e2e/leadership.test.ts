/** The leadership's quarter of an hour: sentences open their lists, the table opens down to a unit, an item, a paper. */
import { expect, test } from 'vitest'
import { openAs } from './support/browser'
import { Somebody } from './support/city'
import { seen, settled } from './support/tour'

test('every figure of the sentences opens the list that it counts', async () => {
  const page = await openAs('leadership')
  await seen(page, 'leadership')
  const figures = page.locator('.five a')
  const told = await Promise.all((await figures.all()).map(async one => ({ text: await one.innerText(), href: await one.getAttribute('href') })))
  expect(told.length).toBeGreaterThan(4)
  for (const href of new Set(told.map(one => one.href!).filter(one => !one.startsWith('/l#') && !one.startsWith('/l?')))) {
    const { text } = told.find(one => one.href === href)!
    await page.goto('/l')
    await page.locator(`.five a[href="${href}"]`).first().click()
    await page.getByRole('navigation', { name: '位置' }).or(page.getByRole('heading', { name: '单位与四个方面' })).first().waitFor()
    await settled(page)
    expect(page.url()).toContain(href.split('#')[0])
    if (/^\/l\/(self-reports|inspections|rectifications)/.test(href)) await page.getByText(`共 ${text} 项`).waitFor()
    await seen(page, `leadership-${told.findIndex(one => one.href === href) + 1}`)
  }
})

test('the table opens to a unit, the unit to an item, the item to its paper', async () => {
  const [, finished] = await (await Somebody.called('leadership')).years()
  const page = await openAs('leadership')
  await page.goto(`/l?campaign_id=${finished!.id}`)
  await settled(page)
  const table = page.getByRole('table', { name: /各单位四个方面得分/ })
  await table.waitFor()
  expect(await table.locator('tbody tr').count()).toBe(96)
  await page.getByRole('combobox', { name: '顺序' }).selectOption({ index: 1 })
  await page.waitForURL(/by=/)
  await table.getByRole('link', { name: '市水务局' }).click()
  await page.getByRole('heading', { level: 1, name: '市水务局' }).waitFor()
  await seen(page, 'leadership-unit')
  const items = page.locator('section', { has: page.getByRole('heading', { name: '52 条得分' }) }).getByRole('link')
  expect(await items.count()).toBe(52)
  for (const item of await items.all()) {
    await item.click()
    await page.locator('.papers, p:has-text("这一条没有提交佐证材料")').first().waitFor()
    if (await page.locator('.papers').count()) break
  }
  await seen(page, 'leadership-item')
  const download = page.waitForEvent('download')
  await page.locator('.papers').getByRole('button').first().click()
  expect(await (await download).failure()).toBeNull()
})
