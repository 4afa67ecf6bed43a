/** Signing in at a real OpenID provider, by one-time codes, and proving anew who one is. */
import { createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, openWindow, shot, takeNoises } from './support/browser'
import { serve } from './support/product'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_MS = 30_000
const TOWN = [3, 5, 6, 7]
const SEEDING_MS = 300_000
let stop: (() => Promise<void>) | undefined

/** A town of its own: the provider has to know the product's address, and the product the provider's. */
beforeAll(async () => { stop = await serve(TOWN) }, SEEDING_MS)
afterAll(() => stop?.())

/** The code that an app shows for a key (RFC 6238), so many half minutes from now. */
function codeOf(key: string, later = 0): string {
  const bits = [...key.replaceAll(' ', '')].map(letter => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from(bits.match(/.{8}/g)!.map(one => Number.parseInt(one, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + later))
  const mac = createHmac('sha1', secret).update(step).digest()
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

async function passProvider(page: Page, name: string): Promise<void> {
  await page.getByLabel('用户名').fill(name)
  await page.getByLabel('口令').fill('provider')
  await page.getByRole('button', { name: '登录平台' }).click()
}

test('somebody signs in at the provider and lands where he wanted to go, still there after a reload', async () => {
  const page = await openWindow()
  await page.goto('/account?from=mail')
  await page.getByRole('button', { name: '市政务统一身份认证' }).waitFor()
  await shot(page, 'login-provider')
  await expectAccessible(page)
  await page.getByRole('button', { name: '市政务统一身份认证' }).click()
  await passProvider(page, 'unit03.office')
  await page.waitForURL('**/account?from=mail')
  await page.getByText('unit03.office').waitFor()
  await page.reload()
  await page.getByText('unit03.office').waitFor()
})

test('somebody whom nobody knows here reads why, and gets back to the sign-in page', async () => {
  const page = await openWindow()
  await page.goto('/login')
  await page.getByRole('button', { name: '市政务统一身份认证' }).click()
  await passProvider(page, 'nobody.here')
  await page.getByText('这里还没有这个账号').waitFor()
  await expectAccessible(page)
  await shot(page, 'login-unknown')
  await page.getByRole('button', { name: '返回登录页' }).click()
  await page.getByRole('heading', { name: '登录' }).waitFor()
  expect(takeNoises().every(line => line.includes('403'))).toBe(true)
})

test('codes are set up by a picture, asked for at the next log-in, and a recovery code helps', async () => {
  const page = await openAs('unit07.office', { font: 'xlarge', theme: 'dark' })
  await page.goto('/account')
  await page.getByRole('button', { name: '启用动态验证码' }).click()
  await page.getByRole('img', { name: '动态验证码的二维码' }).waitFor()
  await expectAccessible(page)
  await shot(page, 'totp-begin')
  const key = await page.getByText('手工输入密钥').locator('strong').innerText()
  await page.getByLabel('验证器显示的 6 位数字').fill(codeOf(key))
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await page.getByRole('heading', { name: '请保存恢复码' }).waitFor()
  await expectAccessible(page)
  await shot(page, 'totp-recovery')
  const recovery = await page.locator('.recovery li').first().innerText()
  await page.getByRole('button', { name: '我已保存' }).click()
  await page.getByText('还有 10 个恢复码没有用过').waitFor()
  await shot(page, 'totp-on')

  await page.getByRole('button', { name: '退出', exact: true }).click()
  await page.waitForURL('**/login')
  await page.getByLabel('账号').fill('unit07.office')
  await page.getByLabel('密码').fill(process.env.SIHAO_DEMO_PASSWORD ?? '')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('textbox', { name: '动态验证码' }).waitFor()
  await expectAccessible(page)
  await shot(page, 'login-code')
  await page.getByRole('button', { name: '手机不在身边，填恢复码' }).click()
  await page.getByLabel('恢复码').fill(recovery)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL(url => url.pathname !== '/login')

  await page.goto('/account')
  await page.getByText('还有 9 个恢复码没有用过').waitFor()
  await page.getByRole('button', { name: '停用动态验证码' }).click()
  await page.getByRole('textbox', { name: '动态验证码' }).fill(codeOf(key, 1))
  await page.getByRole('button', { name: '停用动态验证码' }).click()
  await page.getByText('没有启用').waitFor()
  expect(takeNoises().every(line => line.includes('401'))).toBe(true)
})

/** Lets the server's next answer to setting up codes be that the proof has aged. */
async function ageProof(page: Page): Promise<void> {
  const body = JSON.stringify({ code: 'auth.step_up', detail: '办理这一步要再次确认是您本人。' })
  await page.route('**/auth/totp', (route, request) => (request.method() === 'POST' ? route.fulfill({ status: 403, contentType: 'application/problem+json', body }) : route.continue()), { times: 1 })
}

test('an aged proof is given over the page, and what was begun goes on', async () => {
  const page = await openAs('unit05.office')
  await page.goto('/account')
  await page.getByRole('button', { name: '启用动态验证码' }).waitFor()
  await ageProof(page)
  await page.getByRole('button', { name: '启用动态验证码' }).click()
  const dialog = page.getByRole('dialog', { name: '请再次确认是您本人' })
  await dialog.getByLabel('的密码').fill(process.env.SIHAO_DEMO_PASSWORD ?? '')
  await expectAccessible(page)
  await shot(page, 'step-up')
  await dialog.getByRole('button', { name: '确认' }).click()
  await page.getByRole('img', { name: '动态验证码的二维码' }).waitFor()
  expect(takeNoises().every(line => line.includes('403'))).toBe(true)
})

test('whoever came from the provider proves himself there, in a window of its own', async () => {
  const page = await openWindow()
  await page.goto('/login?next=/account')
  await page.getByRole('button', { name: '市政务统一身份认证' }).click()
  await passProvider(page, 'unit06.office')
  await page.waitForURL('**/account')
  await page.getByRole('button', { name: '启用动态验证码' }).waitFor()
  await ageProof(page)
  await page.getByRole('button', { name: '启用动态验证码' }).click()
  const opened = page.context().waitForEvent('page')
  await page.getByRole('dialog').getByRole('button', { name: '市政务统一身份认证' }).click()
  await passProvider(await opened, 'unit06.office')
  await page.getByRole('img', { name: '动态验证码的二维码' }).waitFor()
  expect(takeNoises().every(line => line.includes('403'))).toBe(true)
})
