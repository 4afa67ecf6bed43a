/** The main pages dark in a large window, and with very large letters in high contrast: accessible, and nothing scrolls sideways. */
import { expect, test } from 'vitest'
import { openAs } from './support/browser'
import { seen } from './support/tour'

const LOOKS = [{ width: 1920, theme: 'dark' }, { theme: 'contrast', font: 'xlarge' }] as const
const PAGES: Record<string, string[]> = {
  'unit02.office': ['/u', '/u/plan', '/u/evidence', '/u/report', '/u/ledgers/T8'],
  'officer': ['/c', '/c/plans', '/c/inspections', '/c/interviews'],
  'leadership': ['/l'],
}

test.each(LOOKS)('with %j', async (look) => {
  for (const [name, paths] of Object.entries(PAGES)) {
    const page = await openAs(name, look)
    for (const path of paths) {
      await page.goto(path)
      await seen(page, `look-${Object.values(look).join('-')}-${name}${path.replaceAll('/', '-')}`)
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(sideways, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
    }
    await page.context().close()
  }
})

test('the leadership prints its answers and the table of units', async () => {
  const page = await openAs('leadership')
  await seen(page, 'leadership-screen')
  const paper = await page.pdf({ format: 'A4', path: 'shots/leadership.pdf' })
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-')
  expect(paper.byteLength).toBeGreaterThan(10_000)
})
