/**
 * What follows a poor year, in a town with the four units that are spoken with: an interview goes over into a referral with a
 * file, a rectification that is overdue reminds handler, deputy and lead, and everything stands on one thread.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot } from './support/browser'
import { account, numbers, Somebody } from './support/city'
import { serve } from './support/product'
import { carryOut, seen, settled } from './support/tour'

interface Case { id: string, unit_id: string, unit_name: string, state: string, version: number }

/** The last has its notice, the fourth is proposed; the first went over into a referral last year, the second is closed. */
const TOWN = [1, 33, 34, 36, 89]
const NOTICED = 36
const SEEDING_MS = 240_000
const LETTER = Buffer.from('核查情况：约谈后整改进展不明显，建议选派干部帮助。')
let stop: (() => Promise<void>) | undefined
let year: { id: string, year: number }
let unitId: string
beforeAll(async () => {
  stop = await serve(TOWN)
  const officer = await Somebody.called('officer')
  year = (await officer.years())[1]!
  unitId = [...await numbers(officer)].find(([, number]) => number === NOTICED)![0]
}, SEEDING_MS)
afterAll(async () => stop?.())

/** Off the stage: the interview that has its notice is held, and both sides confirm the record. */
async function recorded(): Promise<string> {
  const officer = await Somebody.called('officer')
  const [noticed] = await officer.list<Case>(`/interviews?campaign_id=${year.id}&unit_id=${unitId}`)
  const path = `/interviews/${noticed!.id}`
  const today = new Date().toISOString().slice(0, 10)
  const team = await officer.get<{ member_id: string }[]>(`${path}/team?on=${today}`)
  const held = {
    held_on: today, place: '三楼会议室', attendees: '市直机关工委常务副书记', text: '工委指出问题，班子表态整改。', opinion: '',
    attendance: team.map(({ member_id }) => ({ member_id, came: true, reason: '' })),
  }
  await officer.write('POST', `${path}/hold`, held, noticed!.version)
  await (await Somebody.called(account(NOTICED, 'lead'))).move(path, 'confirm_record', '属实。')
  await (await Somebody.called('leader')).move(path, 'confirm_record', '属实。')
  return noticed!.id
}

test('an interview goes over into a referral: a file goes along, the department acknowledges and answers', async () => {
  const id = await recorded()
  const leader = await openAs('leader')
  await leader.goto(`/c/interviews/${id}`)
  await settled(leader)
  await leader.getByRole('button', { name: '查阅记录' }).click()
  await leader.getByText('工委指出问题，班子表态整改。').waitFor()
  await seen(leader, 'interview-record-read')
  await leader.getByRole('button', { name: '提请有关部门' }).click()
  const escalate = leader.getByRole('dialog', { name: '提请有关部门' })
  await escalate.getByLabel('有关部门').fill('市委组织部')
  await escalate.getByLabel('接收人').selectOption({ index: 1 })
  await escalate.getByLabel('理由').fill('约谈之后整改进展仍不明显，请予帮助。')
  await expectAccessible(leader)
  await escalate.getByRole('button', { name: '提请有关部门' }).click()
  await leader.waitForURL(/\/c\/referrals\/[0-9a-f-]{36}/)
  const { pathname } = new URL(leader.url())

  const officer = await openAs('officer')
  await officer.goto(pathname)
  await settled(officer)
  await officer.locator('input[type=file]').first().setInputFiles({ name: '核查情况.txt', mimeType: 'text/plain', buffer: LETTER })
  await officer.getByRole('button', { name: '核查情况.txt', exact: true }).waitFor()
  await seen(officer, 'referral-draft')

  await leader.reload()
  await settled(leader)
  await carryOut(leader, '批准提请', '同意。')
  await officer.reload()
  await settled(officer)
  await carryOut(officer, '送有关部门')

  const receiver = await openAs('receiver')
  await receiver.goto(pathname.replace('/c/', '/d/'))
  await seen(receiver, 'referral-received')
  const [download] = await Promise.all([receiver.waitForEvent('download'), receiver.getByRole('button', { name: '核查情况.txt', exact: true }).click()])
  expect(download.suggestedFilename()).toBe('核查情况.txt')
  await carryOut(receiver, '签收')
  await receiver.getByRole('textbox', { name: '办理情况' }).fill('已选派两名干部到该单位帮助工作一年。')
  await receiver.getByRole('button', { name: '办结答复' }).click()
  const answer = receiver.getByRole('dialog', { name: '办结答复' })
  await answer.getByRole('button', { name: '办结答复' }).click()
  await answer.waitFor({ state: 'detached' })
  await receiver.getByRole('heading', { name: '办理结果' }).waitFor()
  await seen(receiver, 'referral-concluded')

  await officer.goto(`/c/thread?kind=interview&id=${id}`)
  await officer.getByRole('link', { name: '市委组织部' }).waitFor()
  await seen(officer, 'thread-of-interview')
})

test('a rectification that is overdue reminds the lead, and the lamp tells it to the committee too', async () => {
  const officer = await Somebody.called('officer')
  const [finding] = await officer.list<{ id: string, text: string }>(`/findings?unit_id=${unitId}`)
  const past = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10)
  const late = await officer.write<Case>('POST', '/rectifications', { finding_id: finding!.id, text: '补齐调查研究台账并逐人核对', due_on: past })

  const lead = await openAs(account(NOTICED, 'lead'))
  await settled(lead)
  await lead.getByText(/超期 \d+ 天，已提醒主要负责同志/).first().waitFor()
  await seen(lead, 'home-reminded')
  await lead.goto(`/u/rectifications/${late.id}`)
  await lead.getByRole('combobox', { name: '承办人' }).selectOption({ index: 1 })
  await lead.getByRole('combobox', { name: '责任人' }).selectOption({ index: 1 })
  await lead.getByRole('textbox', { name: '整改措施' }).fill('逐月登记，季度核对。')
  await lead.getByRole('textbox', { name: '整改情况' }).fill('台账已经补齐，逐人核对无误。')
  await lead.getByRole('textbox', { name: '整改措施' }).focus()
  await lead.getByText(/已保存/).first().waitFor()
  await seen(lead, 'rectification-work')

  const committee = await openAs('officer')
  await committee.goto('/c/rectifications?overdue=1')
  await committee.getByRole('link', { name: '补齐调查研究台账并逐人核对' }).waitFor()
  await seen(committee, 'rectifications-overdue')

  await settled(lead)
  await lead.getByRole('button', { name: '报告整改' }).click()
  const report = lead.getByRole('dialog', { name: '报告整改' })
  await report.getByText('台账已经补齐，逐人核对无误。').waitFor()
  await expectAccessible(lead)
  await report.getByRole('button', { name: '报告整改' }).click()
  await report.waitFor({ state: 'detached' })

  await committee.goto(`/c/rectifications/${late.id}`)
  await settled(committee)
  await committee.getByRole('textbox', { name: '核验意见' }).fill('查看台账原件，属实。')
  await committee.getByRole('button', { name: '核验通过' }).click()
  await committee.getByRole('heading', { name: '回头看' }).waitFor()
  await seen(committee, 'rectification-verified')
  await committee.goto(`/c/thread?kind=rectification&id=${late.id}`)
  await committee.getByText('整改检查发现').first().waitFor()
  await seen(committee, 'thread')
  await shot(committee, 'thread-1366')
})

test('what was closed and is found again has a list of its own', async () => {
  const page = await openAs('officer')
  await page.goto('/c/recurrences')
  await page.getByRole('heading', { level: 1, name: '再次发现' }).waitFor()
  await seen(page, 'recurrences')
})
