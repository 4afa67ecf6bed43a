/** A collection of material among a unit's to-dos: there while something is missing, gone once it is handed in. */
import { expect, test } from 'vitest'
import { openAs } from './support/browser'
import { account, numbers, Somebody } from './support/city'
import { seen, settled } from './support/tour'

const UNIT = 8

test('what a collection still lacks is a to-do that leads to it, and is none once it is there', async () => {
  const officer = await Somebody.called('officer')
  const [year] = await officer.years()
  const unit = [...await numbers(officer)].find(([, number]) => number === UNIT)![0]
  const title = `驻村帮扶情况${Date.now()}`
  const made = await officer.write<{ id: string }>('POST', '/material-collections', {
    campaign_id: year!.id, unit_ids: [unit], title, basis: '市委办公室通知', note: '', codes: [], ledgers: ['T20'],
    covers_from: '2026-01-01', covers_until: '2026-12-31', due_on: '2026-12-31',
  })
  const { needs } = await officer.get<{ needs: { units_holding: number }[] }>(`/material-collections/${made.id}`)
  const isHeld = needs[0]!.units_holding > 0
  expect(isHeld, 'the demo city has no row of this ledger for the unit').toBe(false)
  await officer.move(`/material-collections/${made.id}`, 'send')

  const page = await openAs(account(UNIT, 'office'))
  await page.goto('/u')
  await settled(page)
  const todos = page.getByRole('region', { name: /^我的待办/ })
  await todos.getByText('还差 T20').waitFor()
  await seen(page, 'todo-material')
  await todos.getByRole('link', { name: `报送材料：${title}` }).click()
  await page.getByRole('heading', { name: title }).waitFor()

  await officer.move(`/material-collections/${made.id}`, 'close')
  await page.goto('/u')
  await settled(page)
  expect(await todos.getByText(title).count()).toBe(0)
})
