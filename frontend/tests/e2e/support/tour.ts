/** Going from page to page: every page that comes to rest is accessible and pictured. */
import type { Page } from 'playwright-core'
import { expectAccessible } from './axe'
import { isAsking, shot } from './browser'

/** How often in a row a page must be found calm: a click needs a moment before it asks for the next page. */
const LOOKS = 3

/** Waits until the page shows its data: a heading, nothing busy, no answer awaited. */
export async function settled(page: Page): Promise<void> {
  for (let calm = 0; calm < LOOKS;) {
    await page.waitForFunction(() => document.querySelector('h1') !== null && document.querySelector('[aria-busy="true"]') === null)
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)) }))
    calm = isAsking(page) ? 0 : calm + 1
  }
}

/** The page that is open, at rest: accessible, and pictured under the name. */
export async function seen(page: Page, name: string): Promise<void> {
  await settled(page)
  await expectAccessible(page)
  await shot(page, name)
}

/** Presses an action's button, checks the dialog that asks once more, gives the opinion, and waits until it is done. */
export async function carryOut(page: Page, label: string, opinion = ''): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: label })
  await dialog.waitFor()
  if (opinion) await dialog.getByRole('textbox', { name: '意见' }).fill(opinion)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}
