/** A list before the deadline: from a folder to a receipt, from the receipt to every file received; the page stays awake meanwhile. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot, takeNoises } from './support/browser'
import { account, drafting, Somebody } from './support/city'
import { carryOut, seen, settled } from './support/tour'

interface Manifest { id: string, number: string, lines: number, waiting: number, late: boolean, content_hash: string }
interface Line { path: string, codes: string[], sha256: string, state: string, late: boolean }

const LONG_MS = 120_000
const mark = `清单${Date.now()}`
const FILES: Record<string, string> = {
  'A13-议事规则/规则.txt': '议事规则', 'A13-议事规则/会议/第一次.txt': '第一次会议', 'B7/走访.txt': '走访', '其他/说明.txt': '说明', '空的.txt': '',
}
let folder: string
let name: string
let city: Somebody
beforeAll(async () => {
  const parent = mkdtempSync(join(tmpdir(), 'sihao-folder-'))
  folder = join(parent, mark)
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content && `${mark}${content}`)
  }
  const [number] = await drafting('self-reports')
  name = account(number!, 'office')
  city = await Somebody.called(name)
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

test('a folder becomes a list with a receipt, and its files go up from there until all are received', { timeout: 240_000 }, async () => {
  const page = await openAs(name)
  await page.goto('/u/evidence')
  await page.getByRole('link', { name: '材料清单' }).click()
  await seen(page, 'manifests')
  await page.locator('input[webkitdirectory]').setInputFiles(folder)
  await page.getByText('校验值已全部核算').waitFor()
  const row = (text: string) => page.getByRole('row').filter({ hasText: text })
  await row(`${mark}/A13-议事规则/会议`).getByText('A13', { exact: true }).waitFor()
  await row(`${mark}/B7`).getByText('B7', { exact: true }).waitFor()
  expect(await page.getByRole('row').filter({ hasText: '空的' }).count(), 'empty files are not promised').toBe(0)
  await expectAccessible(page)
  await shot(page, 'manifest-compose')

  // Items by hand, by keys: the folder that says nothing is for two of them.
  await row(`${mark}/其他`).getByRole('button', { name: /改条目/ }).press('Enter')
  for (const code of ['A1 ', 'C3 ']) {
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
  }
  await expectAccessible(page)
  await shot(page, 'manifest-bulk')
  await page.getByRole('button', { name: '设为 A1、C3' }).press('Enter')
  await row(`${mark}/其他`).getByText('C3', { exact: true }).waitFor()

  await page.getByRole('button', { name: '报送清单（4 个文件）' }).click()
  await page.getByText('请先确认不含国家秘密').waitFor()
  await page.getByRole('checkbox', { name: /不含国家秘密/ }).check()
  await page.getByRole('button', { name: '报送清单（4 个文件）' }).click()
  await page.waitForURL('**/u/manifests/*-*')
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  const receipt = await city.get<Manifest>(`/evidence-manifests/${id}`)
  const lines = await city.list<Line>(`/evidence-manifests/${id}/lines`)
  expect(lines.map(one => [one.path, one.codes, one.sha256])).toEqual([
    [`${mark}/A13-议事规则/规则.txt`, ['A13'], sha256('议事规则')], [`${mark}/A13-议事规则/会议/第一次.txt`, ['A13'], sha256('第一次会议')],
    [`${mark}/B7/走访.txt`, ['B7'], sha256('走访')], [`${mark}/其他/说明.txt`, ['A1', 'C3'], sha256('说明')],
  ].sort((a, b) => String(a[0]).localeCompare(String(b[0]), 'zh-CN', { numeric: true })))
  await page.getByRole('heading', { name: receipt.number }).waitFor()
  await page.getByText(receipt.content_hash).waitFor()
  await seen(page, 'manifest-receipt')

  await page.getByRole('button', { name: '传这些文件' }).click()
  await page.getByText('4 个文件对上了清单').waitFor()
  await page.getByText('文件都到齐了').waitFor({ timeout: LONG_MS })
  await seen(page, 'manifest-received')
  expect((await city.list<Line>(`/evidence-manifests/${id}/lines`)).map(one => one.state)).toEqual(['received', 'received', 'received', 'received'])
})

test('files chosen again find their lines by content, whatever they are called; the committee sees what is still to come', async () => {
  const [year] = await city.years()
  const content = (place: number) => `${mark} 第 ${place} 份`
  const made = await city.write<Manifest>('POST', '/evidence-manifests', {
    campaign_id: year!.id, not_secret: true,
    lines: [1, 2, 3].map(place => ({ path: `${mark}/脚本/${place}.txt`, size: Buffer.byteLength(content(place)), sha256: createHash('sha256').update(content(place)).digest('hex'), codes: ['A13'] })),
  })
  const page = await openAs(name)
  await page.goto(`/u/manifests/${made.id}`)
  await settled(page)
  const files = [['改了名.txt', content(1)], ['第二份.txt', content(2)], ['不相干.txt', `${mark} 不是第 3 份`]].map(([named, text]) => ({ name: named!, mimeType: 'text/plain', buffer: Buffer.from(text!) }))
  await page.locator('input[type=file]').first().setInputFiles(files)
  await page.getByText('2 个文件对上了清单，正在上传；另有 1 个不在待传之列').waitFor()
  await page.getByText('1 个没有到').waitFor({ timeout: LONG_MS })
  await page.getByLabel('情况', { exact: true }).selectOption({ label: '待上传' })
  await settled(page)
  expect(await page.getByRole('rowheader').allInnerTexts()).toEqual([`${mark}/脚本/3.txt`])
  await seen(page, 'manifest-waiting')

  const officer = await openAs('officer')
  await officer.goto('/c/manifests')
  await seen(officer, 'manifests-committee')
  await officer.getByRole('link', { name: made.number }).click()
  await officer.getByText('1 个没有到').waitFor()
  expect(await officer.locator('input[type=file]').count(), 'the committee hands nothing in').toBe(0)
  await seen(officer, 'manifest-committee')
})

test('a list made by a program comes in as a table and gives the same receipt', async () => {
  const page = await openAs(name)
  await page.goto('/u/manifests')
  await page.getByRole('link', { name: '导入表格' }).click()
  await page.getByText(/每行一个文件的路径、大小、SHA-256/).waitFor()
  await settled(page)
  expect(await page.locator('input[type=file]').count(), 'first the word that nothing is secret').toBe(0)
  await page.getByRole('checkbox', { name: /不含国家秘密/ }).check()
  const rows = [1, 2].map(place => `${mark}/系统/${place}.pdf,${place * 1000},${createHash('sha256').update(`${mark}${place}`).digest('hex')},A13、B7`)
  await page.locator('input[type=file]').setInputFiles({ name: '材料清单.csv', mimeType: 'text/csv', buffer: Buffer.from(['路径,大小,SHA-256,条目', ...rows].join('\n')) })
  await page.getByText('2 行都没有问题，还没有写入').waitFor({ timeout: LONG_MS })
  await seen(page, 'manifest-import')
  await carryOut(page, '确认导入')
  await page.getByRole('link', { name: /看回执 清单〔\d+〕\d+号/ }).click()
  await page.getByText('2 个没有到').waitFor()
  await seen(page, 'manifest-imported')
})

test('2,000 files are read without stopping the page', { timeout: 240_000 }, async () => {
  const page = await openAs(name)
  await page.goto('/u/manifests')
  await settled(page)
  const slowest = await page.evaluate(async (text) => {
    const transfer = new DataTransfer()
    for (let place = 0; place < 2000; place++) transfer.items.add(new File([`${text} ${place}\n${'材料。'.repeat(6_000)}`], `${text}-${place}.txt`))
    let last = performance.now()
    let longest = 0
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 10)
    document.querySelector('.drop')!.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    const begun = performance.now()
    while (!document.body.innerText.includes('校验值已全部核算')) await new Promise((resolve) => { setTimeout(resolve, 100) })
    clearInterval(beat)
    return { longest, all: performance.now() - begun }
  }, mark)
  console.log(`2,000 files of 54 kB: read in ${(slowest.all / 1000).toFixed(1)} s, the page was held ${slowest.longest.toFixed(0)} ms at most`)
  expect(slowest.longest).toBeLessThan(1000)
  await page.getByRole('button', { name: '报送清单（2,000 个文件）' }).waitFor()
  await seen(page, 'manifest-many')
  takeNoises()
})

function sha256(content: string): string {
  return createHash('sha256').update(`${mark}${content}`).digest('hex')
}
