/** Going from page to page: every page that comes to rest is accessible and pictured. */
import type { Page } from 'playwright-core'
import { expectAccessible } from './axe'
import { shot } from './browser'

/** Waits until the page shows its data: a heading, and nothing that is still being fetched. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .skeleton') === null)
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
