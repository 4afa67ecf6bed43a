/** Who stands beside the year: administrators of three kinds, and the department that a unit was referred to. */
import { expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, openWindow, shot, takeNoises } from './support/browser'
import { carryOut, seen, settled } from './support/tour'

const ANSWER = '已选派一名熟悉业务的干部到该单位帮助工作半年，由干部二科负责跟踪，明年六月底前评估成效。'

test('an account is made, a name that is taken is refused, a role is given, and the audit tells it', async () => {
  const security = await openAs('admin.security')
  await settled(security)
  await security.getByRole('navigation', { name: '管理' }).getByRole('link', { name: '账号', exact: true }).click()
  await security.getByRole('button', { name: '增加账号' }).click()
  const dialog = security.getByRole('dialog', { name: '增加账号' })
  await dialog.getByRole('textbox', { name: '账号' }).fill('officer')
  await dialog.getByRole('textbox', { name: '姓名' }).fill('南宫听雨')
  await dialog.getByRole('button', { name: '增加', exact: true }).click()
  await dialog.getByRole('alert').waitFor()
  await expectAccessible(security)
  await shot(security, 'person-refused')
  expect(await dialog.getByRole('textbox', { name: '姓名' }).inputValue()).toBe('南宫听雨')
  expect(takeNoises().every(line => /409|422/.test(line))).toBe(true)
  const name = `officer.${Date.now()}`
  await dialog.getByRole('textbox', { name: '账号' }).fill(name)
  await dialog.getByRole('button', { name: '增加', exact: true }).click()
  await security.getByRole('heading', { name: '账号已增加' }).waitFor()
  await expectAccessible(security)
  await shot(security, 'person-password')
  const password = (await security.getByRole('dialog').locator('dd').last().innerText()).trim()
  await security.keyboard.press('Escape')

  await security.getByRole('textbox', { name: '账号或姓名' }).fill(name)
  await security.keyboard.press('Enter')
  await security.getByRole('link', { name }).click()
  await seen(security, 'person')
  await security.getByRole('combobox', { name: '增加身份' }).selectOption({ label: '工委干部' })
  await security.getByRole('button', { name: '授权' }).click()
  await security.getByRole('rowheader', { name: '工委干部' }).waitFor()

  const newcomer = await openWindow()
  await newcomer.goto('/login')
  await newcomer.getByLabel('账号').fill(name)
  await newcomer.getByLabel('密码').fill(password)
  await newcomer.getByRole('button', { name: '登录' }).click()
  await newcomer.waitForURL('**/c')
  await settled(newcomer)

  const audit = await openAs('admin.audit')
  await audit.goto('/a/audit')
  await seen(audit, 'audit')
  await audit.getByRole('table', { name: '审计日志' }).getByText(/grant/).first().waitFor()
  const system = await openAs('admin.system')
  await system.goto('/a/settings')
  await seen(system, 'settings')
})

test('the department sees its own case alone, acknowledges and answers it', async () => {
  const receiver = await openAs('receiver')
  await seen(receiver, 'referrals-received')
  await receiver.getByRole('row', { name: /已送达/ }).getByRole('link').first().click()
  await seen(receiver, 'referral')
  await carryOut(receiver, '签收')
  await receiver.getByRole('button', { name: '办结答复' }).click()
  await receiver.getByRole('link', { name: /写明办理情况/ }).waitFor()
  await expectAccessible(receiver)
  await receiver.getByRole('textbox', { name: '办理情况' }).fill(ANSWER)
  await receiver.getByRole('button', { name: '办结答复' }).click()
  const sign = receiver.getByRole('dialog')
  await sign.getByText(ANSWER).waitFor()
  await expectAccessible(receiver)
  await shot(receiver, 'referral-answer')
  await sign.getByRole('button').last().click()
  await sign.waitFor({ state: 'detached' })
  await receiver.getByRole('heading', { name: '办理结果' }).waitFor()
  await seen(receiver, 'referral-answered')
})
