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

test('the leadership prints its answers on one page', async () => {
  const page = await openAs('leadership')
  await seen(page, 'leadership-screen')
  const paper = await page.pdf({ format: 'A4', path: 'shots/leadership.pdf' })
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  await page.emulateMedia({ media: 'print' })
  for (const title of ['需要关注', '反复出现的问题', '没有区分度的条目', '变化最大的单位', '各项考核看法不一的单位']) expect(await page.getByRole('heading', { name: title }).isVisible(), title).toBe(true)
})
