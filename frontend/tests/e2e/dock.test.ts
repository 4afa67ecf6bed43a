/** The upload dock when things go otherwise: given up, two windows, a large file whose bytes a reload took. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot, takeNoises } from './support/browser'
import { account, Somebody } from './support/city'
import { settled } from './support/tour'

const NAME = account(7, 'office')
const LONG_MS = 60_000
const MIB = 1_048_576
const SLOW = 4 * MIB

const dock = (page: Page) => page.getByRole('region', { name: '上传', exact: true })
let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'sihao-dock-')) })
afterAll(() => rmSync(folder, { recursive: true }))

/** A file on the disk, as the browser meets it. */
function text(name: string, bytes: number): string {
  const path = join(folder, name)
  writeFileSync(path, Buffer.alloc(bytes, `${name} 会议纪要。\n`))
  return path
}

async function limit(page: Page, bytesPerSecond: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond })
  return session
}

async function handIn(page: Page, files: string[]): Promise<void> {
  await page.goto('/u/evidence')
  await settled(page)
  await page.locator('.evlist input[type=file]').first().setInputFiles(files)
  await confirm(page)
}

async function confirm(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '上传佐证材料' })
  await dialog.getByRole('checkbox', { name: /不含国家秘密/ }).check()
  await dialog.getByRole('button', { name: '开始上传' }).click()
}

async function rowsOf(mark: string): Promise<{ title: string, state: string }[]> {
  const somebody = await Somebody.called(NAME)
  const [year] = await somebody.years()
  const { unit } = await somebody.get<{ unit: { id: string } }>('/me')
  return somebody.list(`/evidence?campaign_id=${year!.id}&unit_id=${unit.id}&q=${encodeURIComponent(mark)}`)
}

test('a paused upload shows what the server has; given up, its piece does not wait for ever', async () => {
  const page = await openAs(NAME)
  const mark = `放弃${Date.now()}`
  await limit(page, SLOW)
  await handIn(page, [text(`${mark}.txt`, 34 * MIB)])
  await dock(page).getByText(/^(3|4|5)\d%/).first().waitFor()
  await dock(page).getByRole('button', { name: `暂停 ${mark}.txt` }).click()
  await dock(page).getByText(/已存 \d/).waitFor()
  await expect.poll(async () => /已存 (\S+) MB/.exec(await dock(page).innerText())?.[1]).not.toBe('8')
  await dock(page).getByRole('button', { name: `不传了 ${mark}.txt` }).click()
  const dialog = page.getByRole('dialog', { name: '不传了' })
  await dialog.getByText('没有别的文件').waitFor()
  await expectAccessible(page)
  await shot(page, 'dock-give-up')
  await dialog.getByRole('button', { name: '撤回登记' }).click()
  await dock(page).waitFor({ state: 'detached' })
  expect((await rowsOf(mark)).map(one => one.state)).toEqual(['withdrawn'])
  expect(takeNoises().every(line => line.includes('423'))).toBe(true) // the server still wrote down what had come
})

test.each([['with locks', 'localhost'], ['without locks, over plain HTTP', undefined]])('two windows opened at once share what a third has left, %s', { timeout: 120_000 }, async (_, host) => {
  const first = await openAs(NAME, host ? { host } : {})
  expect(await first.evaluate(() => 'locks' in navigator)).toBe(Boolean(host))
  const mark = `窗口${Date.now()}`
  const names = Array.from({ length: 10 }, (_one, at) => `${mark}-${at}.txt`)
  await limit(first, MIB)
  await handIn(first, names.map(name => text(name, 1.5 * MIB)))
  await dock(first).getByText(/已完成 [1-9]/).waitFor()
  const context = first.context()
  await first.close({ runBeforeUnload: false })

  const windows = await Promise.all([context.newPage(), context.newPage()])
  await Promise.all(windows.map(page => limit(page, MIB)))
  await Promise.all(windows.map(page => page.goto('/u/evidence')))
  await Promise.all(windows.map(page => dock(page).waitFor()))
  const held = async () => (await Promise.all(windows.map(page => dock(page).locator('li').count()))).sort((a, b) => a - b)
  await expect.poll(held).toEqual([0, expect.any(Number)])
  expect((await held())[1]).toBeGreaterThan(0)
  const idle = await dock(windows[0]!).locator('li').count() ? windows[1]! : windows[0]!
  const busy = windows.find(page => page !== idle)!
  await dock(idle).getByText('另一个窗口正在上传').waitFor()
  await expectAccessible(idle)
  await shot(idle, 'dock-elsewhere')

  await limit(idle, -1)
  await busy.close({ runBeforeUnload: false })
  await expect.poll(() => dock(idle).getByRole('heading').innerText(), { timeout: LONG_MS }).toBe('上传完成')
  await expect.poll(async () => (await rowsOf(mark)).map(one => `${one.title}.txt ${one.state}`).sort()).toEqual(names.map(name => `${name} available`).sort())
  takeNoises()
})

test('a large dropped file goes on after a reload without being looked for', { timeout: 120_000 }, async () => {
  const name = `录像${Date.now()}.txt`
  const path = text(name, 34 * MIB)
  const page = await openAs(NAME, { host: 'localhost' })
  await page.goto('/u/evidence')
  await settled(page)
  const session = await limit(page, SLOW)
  const box = (await page.locator('.evlist .drop').boundingBox())!
  const at = { x: box.x + 10, y: box.y + 10, data: { items: [], files: [path], dragOperationsMask: 1 } }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...at })
  await confirm(page)
  await dock(page).getByText(/^[3-9]\d%/).first().waitFor()
  const offsets: number[] = []
  page.on('request', (request) => { if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset'])) })
  await page.reload()
  takeNoises()
  await limit(page, -1)
  offsets.length = 0
  const again = dock(page).getByRole('button', { name: '接着传这 1 份' })
  await dock(page).waitFor()
  if (await again.isVisible()) await again.click() // where the browser asks once more whether the file may be read
  await dock(page).getByText('上传完成').waitFor({ timeout: LONG_MS })
  expect(Math.min(...offsets), 'it goes on where it was').toBeGreaterThan(MIB)
})

test('a large chosen file is named after a reload, to be chosen again', { timeout: 120_000 }, async () => {
  const name = `会议录像${Date.now()}.txt`
  const page = await openAs(NAME)
  await limit(page, SLOW)
  await handIn(page, [text(name, 34 * MIB)])
  await dock(page).getByText(/^[3-9]\d%/).first().waitFor()
  await page.reload()
  takeNoises()
  await dock(page).getByText(/要再选一次：/).getByText(name).waitFor()
  await dock(page).getByText(/已存 \d/).waitFor()
  await expectAccessible(page)
  await shot(page, 'dock-lost-named')
  await dock(page).getByRole('button', { name: `不传了 ${name}` }).click()
  await page.getByRole('dialog', { name: '不传了' }).getByRole('button', { name: '留着登记' }).click()
  await dock(page).waitFor({ state: 'detached' })
  expect((await rowsOf(name.replace('.txt', ''))).map(one => one.state)).toEqual(['promised'])
})
