/**
 * The end of a year, in a town of three units of its own because a year ends whole: the officer computes, the leader
 * publishes, the unit reads its own result, and a team that is poor and has many problems is asked to an interview.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot } from './support/browser'
import { account, Somebody } from './support/city'
import { inspect } from './support/inspecting'
import { serve } from './support/product'
import { carryOut, seen, settled } from './support/tour'

/** 市水务局: poor and with many problems. Nobody of the town is inspected yet in the running year. */
const NUMBER = 34
const TOWN = [NUMBER, 33, 35]
const SEEDING_MS = 240_000
const REASON = '得分低、问题多，且连续两年整改不到位，需要当面听取班子说明并提出要求。'
let unit: string
let stop: (() => Promise<void>) | undefined

beforeAll(async () => {
  stop = await serve(TOWN)
  const [poor] = await Promise.all(TOWN.map(number => inspect(number, number === NUMBER)))
  unit = poor!
}, SEEDING_MS)
afterAll(async () => stop?.())

test('the officer settles the year and computes, the leader approves and publishes, the unit reads its own', async () => {
  const officer = await openAs('officer')
  const [year] = await (await Somebody.called('officer')).years()
  await officer.goto(`/c/campaigns/${year!.id}`)
  await seen(officer, 'campaign')
  await carryOut(officer, '进入结果审定')
  await officer.goto(`/c/results?campaign=${year!.id}`)
  await officer.getByRole('button', { name: '计算结果' }).click()
  await officer.getByRole('link', { name: unit }).waitFor()
  await seen(officer, 'results-computed')

  const leader = await openAs('leader')
  for (const [name, label] of [['approve', '审定'], ['publish', '公布']] as const) {
    await leader.goto(`/c/results?campaign=${year!.id}`)
    await leader.getByRole('link', { name: new RegExp(`^全部${label}`) }).click()
    await seen(leader, `results-${name}`)
    await leader.getByRole('button', { name: new RegExp(`^${label} \\d+ 个单位的结果`) }).click()
    const dialog = leader.getByRole('dialog', { name: `全部${label}` })
    await dialog.waitFor()
    await expectAccessible(leader)
    await dialog.getByRole('button', { name: `全部${label}` }).click()
    await leader.getByText(new RegExp(`已${label} \\d+ 个单位的结果`)).waitFor()
    await seen(leader, `results-${name}d`)
  }

  const lead = await openAs(account(NUMBER, 'lead'))
  await lead.goto(`/u/result?year=${year!.year}`)
  await lead.getByRole('heading', { level: 1, name: new RegExp(`${year!.year} 年度结果`) }).waitFor()
  await seen(lead, 'own-result')
  expect(await lead.getByText(/名次|排名|第 \d+ 名/).count(), 'a unit sees no ranking').toBe(0)
})

test('the officer proposes an interview, the leader approves, the unit signs the notice, both confirm the record', async () => {
  const [year] = await (await Somebody.called('officer')).years()
  const officer = await openAs('officer')
  await officer.goto(`/c/interviews?campaign_id=${year!.id}`)
  await seen(officer, 'interviews')
  await officer.getByRole('row', { name: unit }).getByRole('button', { name: '提出约谈' }).click()
  const propose = officer.getByRole('dialog', { name: new RegExp(`^提出约谈：${unit}`) })
  await propose.getByRole('button', { name: '提出约谈' }).click()
  await propose.getByRole('link', { name: /写明约谈事由/ }).waitFor()
  await propose.getByRole('textbox', { name: '约谈事由' }).fill(REASON)
  await expectAccessible(officer)
  await shot(officer, 'interview-propose')
  await propose.getByRole('button', { name: '提出约谈' }).click()
  await officer.waitForURL(/\/c\/interviews\/[0-9a-f-]{36}/)
  const { pathname } = new URL(officer.url())
  const leader = await openAs('leader')
  await leader.goto(pathname)
  await leader.getByText(REASON).first().waitFor()
  await seen(leader, 'interview-proposed')
  await carryOut(leader, '批准约谈', '同意约谈。')

  await officer.reload()
  await settled(officer)
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  await officer.getByLabel('约谈日期').fill(soon)
  await officer.getByRole('button', { name: '发出通知' }).click()
  await officer.getByRole('link', { name: /写明地点/ }).waitFor()
  await officer.getByRole('textbox', { name: '地点' }).fill('市直机关工委三楼会议室')
  await seen(officer, 'interview-notice')
  await officer.getByRole('button', { name: '发出通知' }).click()
  const notice = officer.getByRole('dialog', { name: '发出通知' })
  await notice.getByText('三楼会议室').waitFor()
  await expectAccessible(officer)
  await notice.getByRole('button', { name: '发出通知' }).click()
  await notice.waitFor({ state: 'detached' })

  const lead = await openAs(account(NUMBER, 'lead'))
  await lead.goto(pathname.replace('/c/', '/u/'))
  await seen(lead, 'interview-notified')
  await carryOut(lead, '签收通知')

  await officer.reload()
  await officer.getByRole('textbox', { name: '工委参加人员' }).fill('市直机关工委常务副书记')
  await officer.getByRole('textbox', { name: '谈话记录' }).fill('工委指出民主生活会、调查研究等十二个方面的问题；班子逐项作了说明，表示三个月内整改到位。')
  await officer.getByLabel('约谈日期').fill(new Date().toISOString().slice(0, 10))
  await officer.getByRole('group', { name: '班子成员到会情况' }).getByRole('checkbox').last().uncheck()
  await officer.getByRole('textbox', { name: /没有到会的原因$/ }).fill('因公出差')
  await seen(officer, 'interview-record')
  await officer.getByRole('button', { name: '登记约谈' }).click()
  await officer.getByRole('button', { name: '登记约谈' }).waitFor({ state: 'detached' })
  for (const page of [lead, leader]) {
    await page.reload()
    await settled(page)
    await page.getByRole('button', { name: '查阅记录' }).click()
    await page.getByText('因公出差').waitFor()
    await carryOut(page, '确认记录', '记录属实。')
    await seen(page, page === lead ? 'interview-confirmed-by-unit' : 'interview-recorded')
  }
})

test('a commitment is put right and verified, another looks back, and the leader closes the case', async () => {
  const officer = await openAs('officer')
  const leader = await openAs('leader')
  const lead = await openAs(account(NUMBER, 'lead'))
  const [year] = await (await Somebody.called('officer')).years()
  const [spoken] = await (await Somebody.called('officer')).list(`/interviews?campaign_id=${year!.id}`)
  await officer.goto(`/c/interviews/${spoken!.id}`)
  await officer.getByRole('textbox', { name: '整改事项' }).fill('三个月内补开专题民主生活会')
  await officer.getByLabel('完成时限').fill(new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10))
  await officer.getByRole('button', { name: '增加整改事项' }).click()
  await officer.getByRole('link', { name: '三个月内补开专题民主生活会' }).waitFor()
  await carryOut(officer, '转入整改')

  await lead.goto(`/u/interviews/${spoken!.id}`)
  await lead.getByRole('link', { name: '三个月内补开专题民主生活会' }).click()
  await lead.getByRole('combobox', { name: '责任人' }).selectOption({ index: 1 })
  await lead.getByRole('textbox', { name: '整改措施' }).fill('补开会议，逐人对照。')
  await lead.getByRole('textbox', { name: '整改情况' }).fill('会议已经补开，记录齐全。')
  await lead.getByRole('textbox', { name: '整改措施' }).focus()
  await lead.getByText(/已保存/).first().waitFor()
  await settled(lead)
  await lead.getByRole('button', { name: '报告整改' }).click()
  const report = lead.getByRole('dialog', { name: '报告整改' })
  await report.getByRole('button', { name: '报告整改' }).click()
  await report.waitFor({ state: 'detached' })

  await settled(officer)
  await officer.getByRole('link', { name: '三个月内补开专题民主生活会' }).click()
  await officer.waitForURL(/\/c\/rectifications\//)
  await officer.getByRole('textbox', { name: '核验意见' }).fill('查看会议记录，属实。')
  await officer.getByRole('button', { name: '核验通过' }).click()
  await officer.getByRole('heading', { name: '回头看' }).waitFor()
  await officer.goto(`/c/interviews/${spoken!.id}`)
  await officer.getByRole('textbox', { name: '核验意见' }).fill('承诺事项已经落实。')
  await officer.getByLabel('“回头看”日期').fill(new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10))
  await officer.getByRole('button', { name: '核验整改' }).click()
  await officer.getByRole('heading', { name: '核验和回头看' }).waitFor()
  await seen(officer, 'interview-verified')

  await leader.goto(`/c/interviews/${spoken!.id}`)
  await settled(leader)
  await carryOut(leader, '回头看', '抽查没有反弹。')
  await settled(leader)
  await carryOut(leader, '办结', '同意办结。')
  await seen(leader, 'interview-closed')
})
