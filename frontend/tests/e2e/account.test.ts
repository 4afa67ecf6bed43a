/** Coming in, going out, and what stands between: over a plain-HTTP intranet name and over localhost. */
import { expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { enter, openAs, openWindow, shot, signIn, takeNoises } from './support/browser'
import { seen } from './support/tour'

test('the sign-in page is accessible at once and with its errors', async () => {
  const page = await openWindow()
  await page.goto('/login')
  await seen(page, 'login')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('link', { name: '密码：填写密码' }).waitFor()
  await expectAccessible(page)
})

test('a wrong password says how many tries are left, and keeps the name', async () => {
  const page = await openWindow()
  await page.goto('/login')
  await page.getByLabel('账号').fill('unit90.member')
  await page.getByLabel('密码').fill('not-the-password')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('alert').filter({ hasText: '账号或密码不对' }).waitFor()
  expect(await page.getByRole('textbox', { name: '账号' }).inputValue()).toBe('unit90.member')
  await expectAccessible(page)
  await shot(page, 'login-refused')
  expect(takeNoises().every(line => line.includes('401'))).toBe(true)
})

test.each(['sihao.intranet.test', 'localhost'])('somebody signs in at %s, reloads, and signs out', async (host) => {
  const page = await openWindow({ host })
  await signIn(page, 'unit01.office')
  await page.goto('/account')
  await page.getByRole('heading', { name: '我的账号' }).waitFor()
  await expectAccessible(page)
  await shot(page, 'account')
  await page.reload()
  await page.getByRole('heading', { name: '我的账号' }).waitFor()
  await page.getByRole('button', { name: '退出', exact: true }).click()
  await page.waitForURL('**/login')
})

test('a stranger is sent to sign in, and then to where he wanted to go', async () => {
  const page = await openWindow()
  await page.goto('/account?from=mail')
  await page.waitForURL('**/login**')
  await enter(page, 'unit01.office')
  await page.waitForURL('**/account?from=mail')
})

test('what is not for a person looks the same as what does not exist', async () => {
  const page = await openAs('unit01.office')
  await page.goto('/nowhere')
  await page.getByRole('heading', { name: '没有这个页面' }).waitFor()
  await expectAccessible(page)
})

test('an ended session asks for the password over the page, and goes on', async () => {
  const page = await openAs('unit02.office')
  await page.goto('/account')
  await page.getByRole('heading', { name: '我的账号' }).waitFor()
  await page.context().clearCookies()
  await page.route('**/api/v1/auth/password', route => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"detail":"登录已过期"}' }), { times: 1 })
  await page.getByLabel('现在的密码').fill('whatever')
  await page.getByLabel('新密码', { exact: true }).fill('a-new-password-1')
  await page.getByLabel('再填一次新密码').fill('a-new-password-1')
  await page.getByRole('button', { name: '修改密码' }).click()
  const dialog = page.getByRole('dialog', { name: '登录已过期' })
  await dialog.waitFor()
  await expectAccessible(page)
  await shot(page, 'sign-in-again')
  await dialog.getByRole('textbox').fill(process.env.SIHAO_DEMO_PASSWORD ?? '')
  await dialog.getByRole('button', { name: '继续' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('当前密码不对').first().waitFor() // the change goes on by itself, and the server answers it
  expect(await page.getByLabel('新密码', { exact: true }).inputValue()).toBe('a-new-password-1')
  expect(takeNoises().every(line => /40[0-9]|422/.test(line))).toBe(true)
})

test('display settings work at once and stay', async () => {
  const page = await openWindow()
  await page.goto('/login')
  await page.getByRole('button', { name: '显示设置' }).click()
  await page.getByRole('radio', { name: '高对比' }).check()
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('contrast')
})
