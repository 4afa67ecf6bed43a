/** The committee's day in the demo city: what waits, what was judged and how it was objected to, counted, corrected and put right. */
import { expect, test } from 'vitest'
import { openAs } from './support/browser'
import { Somebody } from './support/city'
import { seen, settled } from './support/tour'

interface Found { id: string }
const newest = async (officer: Somebody, path: string) => {
  const [first] = await officer.list<Found>(path)
  expect(first, path).toBeTruthy()
  return first!.id
}

test('an officer looks through what the year judged, each page accessible', async () => {
  const officer = await Somebody.called('officer')
  const [running, finished, first] = await officer.years()
  const [counted, open, veto, feedback, comparison, carried] = await Promise.all([
    newest(officer, `/ballots?campaign_id=${first!.id}&state=locked`),
    newest(officer, `/ballots?campaign_id=${running!.id}&state=open`),
    newest(officer, `/extras?campaign_id=${finished!.id}&state=effective`),
    newest(officer, `/inspections?campaign_id=${running!.id}&state=feedback`),
    newest(officer, '/comparisons'),
    newest(officer, `/rectifications?campaign_id=${running!.id}`),
  ])
  const results = await officer.list<Found & { revision: number }>(`/results?campaign_id=${finished!.id}`)
  const corrected = results.find(one => one.revision > 1)!
  const page = await openAs('officer')
  const pages = {
    home: '/c', objections: '/c/objections', inspection: `/c/inspections/${feedback}`, consolidation: `/c/inspections/${feedback}/consolidation`,
    recusals: '/c/recusals', agreement: '/c/agreement', extra: `/c/extras/${veto}`, counted: `/c/ballots/${counted}`, open: `/c/ballots/${open}`,
    result: `/c/results/${corrected.id}`, comparison: `/c/comparisons/${comparison}`, interviews: '/c/interviews',
    rectifications: '/c/rectifications', thread: `/c/thread?kind=rectification&id=${carried}`, recurrences: '/c/recurrences', referrals: '/c/referrals',
  }
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path)
    await seen(page, `committee-day-${name}`)
    expect(await page.getByRole('alert').count(), path).toBe(0)
  }
})

test('objections of every outcome and rectifications under every lamp stand there', async () => {
  const officer = await Somebody.called('officer')
  const states = new Set((await officer.list('/objections')).map(one => one.state))
  expect([...states]).toEqual(expect.arrayContaining(['upheld', 'partly_upheld', 'dismissed']))
  for (const lamp of ['green', 'yellow', 'red']) expect(await officer.list(`/rectifications?lamp=${lamp}`), lamp).not.toEqual([])
})

test('an officer verifies what a unit reported, and it is off the list', async () => {
  const officer = await Somebody.called('officer')
  const reported = await newest(officer, '/rectifications?state=reported')
  const page = await openAs('officer')
  await page.goto('/c/rectifications?state=reported')
  await settled(page)
  await page.locator(`main a[href*="${reported}"]`).first().click()
  await settled(page)
  await seen(page, 'committee-day-reported')
  await page.getByRole('textbox', { name: '核验意见' }).fill('查看佐证原件，整改属实。')
  await page.getByRole('button', { name: '核验通过' }).click()
  await page.getByRole('heading', { name: '回头看' }).waitFor()
  await seen(page, 'committee-day-verified')
  expect((await officer.list('/rectifications?state=reported')).map(one => one.id)).not.toContain(reported)
})
