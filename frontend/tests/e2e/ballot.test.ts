/** 民主测评: an officer holds it, voters vote on a phone by keys alone, a leader opens the urn, the unit reads the counts. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, openWindow, shot, takeNoises } from './support/browser'
import { account, numbers, Somebody } from './support/city'
import { carryOut, seen, settled } from './support/tour'

const HOUR = 3_600_000
const VOTERS = 5

/** What a field for date and time takes, by the clock in China. */
const china = (time: number) => new Date(time + 8 * HOUR).toISOString().slice(0, 16)
const signs = (page: Page, region: RegExp) => page.getByRole('region', { name: region }).locator('.signs').allInnerTexts()

/** Presses Tab until the focus is on what is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const called = await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? document.activeElement?.textContent ?? '')
    if (name.test(called)) return
  }
  throw new Error(`no Tab leads to ${name}`)
}

/** Votes as somebody without a mouse does: the code typed, the best grade everywhere, the last question left open. */
async function voteByKeys(page: Page, code: string): Promise<string> {
  await page.goto('/v')
  await settled(page)
  await tabTo(page, /投票码/)
  await page.keyboard.type(code.toLowerCase().replaceAll('-', ''))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /民主测评/, level: 1 }).waitFor()
  await page.getByRole('group').first().waitFor()
  await expectAccessible(page)
  await shot(page, 'ballot-paper')
  for (let question = 1; question < 5; question += 1) {
    await tabTo(page, /^好$/)
    await page.keyboard.press('Space')
  }
  await tabTo(page, /^投票$/)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '投出这张票？' })
  await dialog.getByText('还有 1 题没有选').waitFor()
  await expectAccessible(page)
  await tabTo(page, /^投出$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '票已投入' }).waitFor()
  return page.locator('.number').innerText()
}

/** Everything that this browser keeps of the visit, but for how pages look. */
const kept = (page: Page) => page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(one => one !== 'sihao.display'))

test('a ballot from its draft to the published counts', { timeout: 180_000 }, async () => {
  const officer = await openAs('officer')
  const somebody = await Somebody.called('officer')
  const [year] = await somebody.years()
  const taken = (await somebody.list(`/ballots?campaign_id=${year!.id}`)).map(one => one.unit_id)
  const [unit, number] = [...await numbers(somebody)].find(([id]) => !taken.includes(id))!
  const { name } = await somebody.get<{ name: string }>(`/units/${unit}`)

  await officer.goto('/c/ballots')
  await seen(officer, 'ballots')
  await officer.getByRole('link', { name: '新建民主测评' }).click()
  await officer.getByRole('combobox', { name: '被测评的单位' }).fill(name)
  await officer.getByRole('option', { name }).first().click()
  await officer.getByLabel('开始投票').fill(china(Date.now() - HOUR))
  await officer.getByLabel('截止投票').fill(china(Date.now() + 24 * HOUR))
  await seen(officer, 'ballot-new')
  await officer.getByRole('button', { name: '起草', exact: true }).click()
  await officer.getByRole('heading', { name: `${name}：${year!.year} 年度领导班子民主测评` }).waitFor()
  await seen(officer, 'ballot-draft')

  await officer.getByRole('button', { name: '制发投票码' }).click()
  await expectAccessible(officer)
  await officer.getByRole('dialog').getByRole('button', { name: '制发', exact: true }).click()
  await officer.getByRole('heading', { name: '打印投票码和开箱钥匙' }).waitFor()
  await seen(officer, 'ballot-codes')
  const codes = await signs(officer, /领导班子成员/)
  const [key] = await signs(officer, /开箱钥匙/)
  expect(codes).toHaveLength(7)
  await officer.getByRole('button', { name: '已打印好，离开' }).click()
  await settled(officer)
  expect(await officer.content()).not.toContain(codes[0])
  await carryOut(officer, '开始投票')

  const phone = await openWindow({ width: 390, theme: 'dark' })
  const asked: string[] = []
  phone.on('request', request => asked.push(`${request.url()} ${JSON.stringify(request.headers())}`))
  const tag = await voteByKeys(phone, codes[0]!)
  await seen(phone, 'ballot-voted')
  expect(await kept(phone)).toEqual([])
  expect(await phone.context().cookies()).toEqual([])
  expect(asked.filter(one => one.includes(codes[0]!) || /authorization|cookie|idempotency/i.test(one))).toEqual([])

  // The same code again, from a link whose fragment holds it: used up, and gone from the address.
  const large = await openWindow({ width: 390, font: 'xlarge' })
  await large.goto(`/v#${codes[0]}`)
  await settled(large)
  expect(new URL(large.url()).hash).toBe('')
  await seen(large, 'ballot-door')
  const twice = () => { document.documentElement.style.fontSize = '32px' }
  await large.evaluate(twice) // 200 % of the usual size
  expect(await large.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
  await large.getByRole('button', { name: '开始填写' }).click()
  await large.getByText('这个投票码已经用过').waitFor()
  expect(takeNoises().filter(one => !one.includes('410'))).toEqual([])

  for (const code of codes.slice(1, VOTERS)) {
    const answer = await fetch(`${process.env.SIHAO_E2E_URL}/api/v1/ballot-papers`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code, answers: [0, 1, 1, 0, 0] }),
    })
    expect(answer.status).toBe(201)
  }
  await officer.reload()
  await officer.getByRole('region', { name: '网上投票进度' }).locator('td.num', { hasText: /^5$/ }).waitFor()
  await seen(officer, 'ballot-open')
  await officer.getByRole('button', { name: /^录入/ }).last().click()
  await expectAccessible(officer)
  await shot(officer, 'ballot-hand-count')
  await officer.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await carryOut(officer, '结束投票')
  expect(await officer.getByRole('button', { name: '开箱计票并公布' }).getAttribute('aria-disabled')).toBe('true')

  const leader = await openAs('leader')
  await leader.goto(new URL(officer.url()).pathname)
  await leader.getByRole('button', { name: '开箱计票并公布' }).click()
  await leader.getByLabel('开箱钥匙').fill(key!)
  await expectAccessible(leader)
  await leader.getByRole('dialog').getByRole('button', { name: '开箱计票并公布' }).click()
  await leader.getByRole('region', { name: '测评结果' }).waitFor()
  await seen(leader, 'ballot-counted')

  const own = await openAs(account(number, 'lead'), { theme: 'dark' })
  await own.goto('/u/ballots')
  await own.getByText('不足五票，不公布').or(own.getByText('没有收回票')).first().waitFor()
  await seen(own, 'ballot-own')

  await phone.goto('/v')
  await phone.getByText('核对选票编号').click()
  await phone.getByLabel('选票编号').fill(tag)
  await phone.getByRole('button', { name: '核对' }).click()
  await phone.getByText('已计入').waitFor()
  await seen(phone, 'ballot-found')
})
