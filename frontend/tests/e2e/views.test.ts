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

const labelsOf = async (page: Page, list: string) => page.locator(`nav.nav ${list} a`).allInnerTexts()

/** Opens each page of the navigation by its link; the pages of a group by the group's first. */
async function walk(page: Page, name: string): Promise<string[]> {
  await settled(page)
  const walked: string[] = []
  async function open(list: string, label: string): Promise<void> {
    await page.locator(`nav.nav ${list}`).getByRole('link', { name: label, exact: true }).click()
    await page.locator(`nav.nav ${list} a[aria-current]`).filter({ hasText: label }).waitFor()
  }
  for (const label of await labelsOf(page, 'ul:first-child')) {
    await open('ul:first-child', label)
    const within = await labelsOf(page, '.nav-within')
    for (const below of within) {
      await open('.nav-within', below)
      await seen(page, `${name}-${walked.push(below)}`)
    }
    if (!within.length) await seen(page, `${name}-${walked.push(label)}`)
  }
  return walked
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
