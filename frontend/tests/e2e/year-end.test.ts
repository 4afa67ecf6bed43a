/**
 * The end of a year, in a town of three units of its own because a year ends whole: the officer computes, the leader
 * publishes, the unit reads its own result, and a team that is poor and has many problems is asked to an interview.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot } from './support/browser'
import { account, numbers, Somebody } from './support/city'
import { serve } from './support/product'
import { carryOut, seen, settled } from './support/tour'

interface Sheet { id: string, items: { criterion_id: string, code: string, points: string }[] }

/** 市水务局: poor and with many problems. Nobody of the town is inspected yet in the running year. */
const NUMBER = 34
const TOWN = [NUMBER, 33, 35]
const PAIRS = [1, 3, 5, 7, 9].map(first => [`inspector${first}`, `inspector${first + 1}`] as const)
const CUT_ITEMS = 20
const FOUND = 12
const SEEDING_MS = 240_000
const REASON = '得分低、问题多，且连续两年整改不到位，需要当面听取班子说明并提出要求。'
let unit: string
let stop: (() => Promise<void>) | undefined

/** Off the stage: two inspectors judge everything alike, and the inspection is fed back, confirmed and final. */
async function inspect(number: number): Promise<string> {
  const officer = await Somebody.called('officer')
  const [year] = await officer.years()
  const id = [...await numbers(officer)].find(([, one]) => one === number)![0]
  const [visit] = await officer.list(`/inspections?campaign_id=${year!.id}&unit_id=${id}`)
  const path = `/inspections/${visit!.id}`
  for (const pair of PAIRS) {
    const [leader, other] = await Promise.all(pair.map(name => Somebody.called(name)))
    if (!(await leader!.list(`/inspections?campaign_id=${year!.id}`)).some(one => one.id === visit!.id)) continue
    if (visit!.state === 'planned') await leader!.move(path, 'start')
    for (const who of [leader!, other!]) {
      const { my_sheet_id } = await who.get<{ my_sheet_id: string }>(path)
      const sheet = await who.get<Sheet>(`/sheets/${my_sheet_id}`)
      for (const [at, item] of sheet.items.entries()) {
        const deduction = { clause: '没有开展', clause_number: null, times: 1, points: item.points, fact: '全年没有开展此项工作，询问经办人员确认。', absence: '未见任何记录', evidence_id: null }
        await who.write('PUT', `/sheets/${sheet.id}/judgements/${item.criterion_id}`, { doubt: false, note: '', deductions: number === NUMBER && at < CUT_ITEMS ? [deduction] : [] }, 0)
      }
      if (who === leader && number === NUMBER) {
        for (const item of sheet.items.slice(0, FOUND)) await who.write('POST', '/findings', { inspection_id: visit!.id, criterion_id: item.criterion_id, text: `${item.code} 全年没有开展，没有部署也没有记录。`, root_cause: '' })
      }
      await who.move(`/sheets/${sheet.id}`, 'submit')
    }
    await leader!.write('POST', `${path}/decisions/agree`, {})
    await leader!.move(path, 'consolidate')
    await officer.move(path, 'give_feedback', '现将检查意见反馈你单位。')
    await (await Somebody.called(account(number, 'lead'))).move(path, 'confirm', '没有异议。')
    await officer.move(path, 'finalize')
    return visit!.unit_name
  }
  throw new Error('no group inspects the unit')
}

beforeAll(async () => {
  stop = await serve(TOWN)
  const [poor] = await Promise.all(TOWN.map(inspect))
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
  await officer.getByRole('textbox', { name: '参加人员' }).fill('市直机关工委常务副书记；市水务局领导班子全体成员')
  await officer.getByRole('textbox', { name: '谈话记录' }).fill('工委指出民主生活会、调查研究等十二个方面的问题；班子逐项作了说明，表示三个月内整改到位。')
  await officer.getByLabel('约谈日期').fill(new Date().toISOString().slice(0, 10))
  await seen(officer, 'interview-record')
  await officer.getByRole('button', { name: '登记约谈' }).click()
  await officer.getByRole('button', { name: '登记约谈' }).waitFor({ state: 'detached' })
  for (const page of [lead, leader]) {
    await page.reload()
    await settled(page)
    await carryOut(page, '确认记录', '记录属实。')
    await seen(page, page === lead ? 'interview-confirmed-by-unit' : 'interview-recorded')
  }
})
