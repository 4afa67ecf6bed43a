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

test('the questions open from the answer to the units, and the number of units is chosen', async () => {
  const page = await openAs('leadership')
  await page.goto('/l')
  const questions = page.locator('section', { has: page.getByRole('heading', { name: '几个问题', exact: true }) })
  await questions.getByRole('heading', { name: /没有区分度的条目/ }).waitFor()
  const recurring = questions.locator('.question').first()
  const before = await recurring.getByRole('heading').innerText()
  await questions.getByRole('combobox', { name: '单位数' }).selectOption('30')
  await page.waitForURL(/at_least=30/)
  await settled(page)
  expect(await recurring.getByRole('heading').innerText()).not.toBe(before)
  await recurring.locator('.answers summary').first().click()
  await questions.getByRole('combobox', { name: '条目' }).selectOption('C6')
  await questions.getByRole('table', { name: /C6.*历年得分率/ }).waitFor()
  await questions.getByRole('img', { name: /C6.*历年平均得分率/ }).waitFor()
  await seen(page, 'leadership-questions')
  await recurring.locator('.alike a').first().click()
  await page.getByRole('heading', { name: /^52 条得分/ }).waitFor()
  expect(page.url()).toMatch(/item=[A-D]\d+/)
  await seen(page, 'leadership-recurring-unit')
})

test('a year without results says so', async () => {
  const [running] = await (await Somebody.called('leadership')).years()
  const page = await openAs('leadership')
  await page.goto(`/l?campaign_id=${running!.id}`)
  await page.getByText('还没有审定的年度结果').waitFor()
  await page.getByText('没有在 10 个以上单位同时查出问题的条目').waitFor()
  await seen(page, 'leadership-empty')
  expect(await page.getByRole('heading', { name: /^需要关注/ }).count()).toBe(0)
})

test('three clicks lead from the table to the paper', async () => {
  const [, finished] = await (await Somebody.called('leadership')).years()
  const page = await openAs('leadership')
  await page.goto(`/l?campaign_id=${finished!.id}`)
  await settled(page)
  let clicks = 0
  const click = async (what: ReturnType<typeof page.locator>) => {
    await what.click()
    clicks += 1
    await settled(page)
  }
  await click(page.getByRole('table', { name: /各单位四个方面得分/ }).getByRole('link', { name: '市水务局' }))
  await click(page.getByRole('link', { name: /^C6 / }).first())
  const download = page.waitForEvent('download')
  await click(page.locator('.papers').getByRole('button').first())
  expect(await (await download).failure()).toBeNull()
  expect(clicks).toBe(3)
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
