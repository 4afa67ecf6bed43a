/** Everybody signs in and lands on his own view; every page of every navigation comes to rest, accessible and silent. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openAs } from './support/browser'
import { seen, settled } from './support/tour'

const UNIT = ['lead', 'deputy', 'office', 'member']
const INSPECTORS = Array.from({ length: 10 }, (_, place) => `inspector${place + 1}`)

/** The accounts by the view on whose home they land; of the 96 units the first, a poor one and the last. */
const HOMES: Record<string, string[]> = {
  '/u': ['unit01', 'unit34', 'unit96'].flatMap(unit => UNIT.map(role => `${unit}.${role}`)),
  '/c': ['officer', 'leader', ...INSPECTORS, 'coassessor'],
  '/l': ['leadership'],
  '/a': ['admin.system', 'admin.security', 'admin.audit'],
  '/d/referrals': ['receiver'],
}

test.each(Object.entries(HOMES))('at %s: %j', async (home, names) => {
  const queue = [...names]
  async function enterOneAfterAnother(): Promise<void> {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const page = await openAs(name)
      await settled(page)
      expect(new URL(page.url()).pathname, name).toBe(home)
      expect(await page.locator('.bar-brand').isVisible(), name).toBe(true)
      await page.context().close()
    }
  }
  await Promise.all([enterOneAfterAnother(), enterOneAfterAnother(), enterOneAfterAnother()])
})

/** Opens each page of the navigation by its link. */
async function walk(page: Page, name: string): Promise<string[]> {
  await settled(page)
  const links = await page.locator('nav.nav a').all()
  const labels = await Promise.all(links.map(link => link.innerText()))
  for (const [place, label] of labels.entries()) {
    await page.locator('nav.nav').getByRole('link', { name: label, exact: true }).click()
    await page.locator('nav.nav a[aria-current]').filter({ hasText: label }).waitFor()
    await seen(page, `${name}-${place + 1}`)
  }
  return labels
}

test.each([
  { 'unit01.office': 11, 'leadership': 2, 'admin.audit': 2 },
  { 'officer': 15, 'receiver': 1 },
  { 'inspector1': 6, 'coassessor': 7, 'admin.system': 2, 'admin.security': 3 },
])('the pages of %j', async (people) => {
  await Promise.all(Object.entries(people).map(async ([name, least]) => {
    const labels = await walk(await openAs(name), name)
    expect(labels.length, name).toBeGreaterThanOrEqual(least)
  }))
})
