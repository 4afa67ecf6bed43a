/** Every component in every state, in every display setting, under the strict policy. */
import { build, preview, type PreviewServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openWindow, shot } from './support/browser'

const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
let server: PreviewServer
let address = ''

beforeAll(async () => {
  await build({ configFile: 'vite.gallery.config.ts', logLevel: 'error' })
  server = await preview({ configFile: 'vite.gallery.config.ts', logLevel: 'error', preview: { port: 0, host: '127.0.0.1', headers: { 'Content-Security-Policy': POLICY } } })
  address = `${server.resolvedUrls?.local[0] ?? ''}gallery.html`
})
afterAll(() => server.close())

test.each([
  { theme: 'light', font: 'standard' }, { theme: 'dark', font: 'large' }, { theme: 'contrast', font: 'xlarge' },
] as const)('the gallery is accessible in $theme, $font', async (look) => {
  const page = await openWindow(look)
  await page.goto(address)
  await page.getByRole('button', { name: '保存' }).click()
  await expectAccessible(page)
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(sideways, 'no sideways scrolling').toBeLessThanOrEqual(0)
  await shot(page, `gallery-${look.theme}`)
})

test('a refused form shows its summary, takes the focus there and leads to the field', async () => {
  const page = await openWindow()
  await page.goto(address)
  await page.getByLabel('退回原因').fill('问题 4 没有对照到具体条目')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('alert').filter({ hasText: '有 2 处要改' }).waitFor()
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('errors')
  await page.getByRole('link', { name: '对照条目：至少对照一个条目' }).click()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
  expect(await page.getByLabel('退回原因').inputValue()).toBe('问题 4 没有对照到具体条目')
})

test('a dialog keeps the focus, closes by Esc and gives the focus back', async () => {
  const page = await openWindow()
  await page.goto(address)
  await page.getByRole('button', { name: '打开对话框' }).click()
  await expectAccessible(page)
  await shot(page, 'dialog')
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('打开对话框')
})

test('the combobox is worked by keys alone', async () => {
  const page = await openWindow()
  await page.goto(address)
  await page.getByRole('combobox', { name: '对照条目' }).pressSequentially('C')
  await page.keyboard.press('ArrowDown')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  expect(await page.getByRole('combobox', { name: '对照条目' }).inputValue()).toBe('C9 办实事')
})
