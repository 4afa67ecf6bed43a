/** A unit's planning day: the office writes, the server refuses, the lead signs, the officer returns and accepts. */
import { expect, test } from 'vitest'
import { openAs, shot, takeNoises } from './support/browser'
import { account, drafting, Somebody } from './support/city'
import { expectAccessible } from './support/axe'
import { seen, settled } from './support/tour'

const GOALS = '一季度前制定完善班子议事规则，年内成员下基层调研人均不少于六十天，群众反映集中的五类问题办结率达到百分之九十五以上。'
const REASON = '问题部分请写明责任人和现象，不写套话；措施须与问题一一对应。'

test('a plan is written, refused, mended, presented, signed, returned, revised and accepted', async () => {
  const [number] = await drafting('plans')
  const office = await openAs(account(number!, 'office'))
  const colleague = await Somebody.called(account(number!, 'deputy'))
  const [year] = await colleague.years()
  const [plan] = await colleague.list(`/plans?campaign_id=${year!.id}`)
  const path = `/plans/${plan!.id}`
  const write = async (body: object) => colleague.write('PATCH', path, body, (await colleague.get<{ version: number }>(path)).version)
  await write({ goals: '目标正在起草。', basis: '依据正在核对。' })

  // Somebody else writes meanwhile: what only he wrote is taken, what both wrote is chosen, nothing typed is lost.
  await office.goto('/u/plan/edit')
  await seen(office, 'plan-edit')
  await write({ basis: '根据市委年度工作要点制定。', goals: '目标由同事写了一稿。' })
  await office.getByRole('textbox', { name: /目标/ }).fill(GOALS)
  await office.keyboard.press('Tab')
  await office.getByRole('button', { name: '比一比再存' }).click()
  const compared = office.getByRole('dialog', { name: '这里已被他人改过' })
  await compared.waitFor()
  await expectAccessible(office)
  await shot(office, 'plan-conflict')
  await compared.getByText('依据您没有改').waitFor()
  await compared.getByRole('radio', { name: /现在的：目标由同事/ }).waitFor()
  await compared.getByRole('button', { name: '用选中的保存' }).click()
  await office.getByText('已保存').waitFor()
  expect(await office.getByRole('textbox', { name: /目标/ }).inputValue()).toBe(GOALS)
  expect(await office.getByRole('textbox', { name: /依据/ }).inputValue()).toContain('根据市委')
  expect(takeNoises().every(line => line.includes('412'))).toBe(true)

  // A new problem is refused because the plan was presented meanwhile: the form keeps every word.
  await office.getByRole('button', { name: '增加问题' }).click()
  const problem = office.getByRole('dialog', { name: '增加问题' })
  await problem.getByRole('textbox', { name: '问题' }).fill('年轻干部培养梯队不够合理，三十五岁以下科级干部偏少。')
  await colleague.move(path, 'present')
  await problem.getByRole('button', { name: '增加', exact: true }).click()
  await problem.getByRole('alert').waitFor()
  await expectAccessible(office)
  await shot(office, 'plan-problem-refused')
  expect(await problem.getByRole('textbox', { name: '问题' }).inputValue()).toContain('三十五岁以下')
  expect(takeNoises().every(line => line.includes('409'))).toBe(true)
  await colleague.move(path, 'withdraw', '还要补一个问题。')
  await problem.getByRole('button', { name: '增加', exact: true }).click()
  await problem.waitFor({ state: 'detached' })

  // The draft says what it still lacks; each defect leads to its place.
  await office.getByRole('heading', { name: /处要改，才能送班子审议/ }).waitFor()
  await shot(office, 'plan-defects')
  await expectAccessible(office)
  const present = office.getByRole('button', { name: '送班子审议' })
  expect(await present.getAttribute('aria-disabled')).toBe('true')
  await office.getByRole('alert').getByRole('link').first().click()
  await office.keyboard.type('A1')
  await office.keyboard.press('Enter')
  await office.getByText('内容已齐，可以送审。').waitFor()

  // The order is set by keys; the keyboard goes with the row that it moved.
  await office.getByRole('button', { name: '问题 2 上移' }).press('Enter')
  await office.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === '问题 1 下移')
  await expectAccessible(office)
  expect(await office.getByRole('textbox', { name: /目标/ }).inputValue()).toBe(GOALS)
  await present.click()
  const asked = office.getByRole('dialog', { name: '送班子审议' })
  await asked.waitFor()
  await expectAccessible(office)
  await asked.getByRole('button', { name: '送班子审议' }).click()
  await office.waitForURL('**/u/plan**')
  await office.getByRole('heading', { level: 1, name: /年度创建活动计划/ }).waitFor()

  const lead = await openAs(account(number!, 'lead'))
  const sign = async (): Promise<void> => {
    await lead.goto('/u/plan')
    await lead.getByRole('link', { name: '核对后签发' }).click()
    await seen(lead, 'plan-sign')
    await lead.getByRole('button', { name: '签发', exact: true }).click()
    const dialog = lead.getByRole('dialog', { name: '签发' })
    await dialog.waitFor()
    await expectAccessible(lead)
    await shot(lead, 'plan-sign-asked')
    await dialog.getByRole('button', { name: '签发' }).click()
    await lead.getByText(/第 \d 版已签发/).waitFor()
    await seen(lead, 'plan-signed')
  }
  await sign()

  const officer = await openAs('officer')
  await officer.goto(`/c${path}`)
  await seen(officer, 'plan-review')
  await officer.getByRole('button', { name: '退回修改' }).click()
  const returned = officer.getByRole('dialog', { name: '退回修改' })
  await returned.getByRole('button', { name: '退回修改' }).click()
  await returned.getByRole('link', { name: '意见：写明意见' }).waitFor()
  await returned.getByRole('textbox', { name: '意见' }).fill(REASON)
  await expectAccessible(officer)
  await returned.getByRole('button', { name: '退回修改' }).click()
  await returned.waitFor({ state: 'detached' })

  await office.goto('/u/plan')
  await office.getByText(REASON).waitFor()
  await seen(office, 'plan-returned')
  await office.getByRole('button', { name: '开始修改' }).click()
  await office.getByRole('link', { name: '修改计划' }).click()
  await office.getByText(REASON).waitFor()
  await office.getByRole('textbox', { name: /目标/ }).fill(`${GOALS}逐项明确到人。`)
  await office.getByRole('textbox', { name: /目标/ }).blur()
  await office.getByText('已保存').waitFor()
  await office.getByRole('button', { name: '送班子审议' }).click()
  await office.getByRole('dialog').getByRole('button', { name: '送班子审议' }).click()
  await office.getByRole('link', { name: '修改计划' }).waitFor({ state: 'detached' })
  await sign()

  await officer.goto(`/c${path}`)
  await officer.getByText('比第 1 版改了什么').waitFor()
  await seen(officer, 'plan-review-again')
  await officer.getByRole('button', { name: '同意备案' }).click()
  await officer.getByRole('dialog').getByRole('button', { name: '同意备案' }).click()
  await officer.getByRole('dialog').waitFor({ state: 'detached' })
  await settled(officer)
  await office.goto('/u/plan/versions')
  await seen(office, 'plan-versions')
  await office.goto('/u/plan')
  await office.getByText('执行中').first().waitFor()
})
