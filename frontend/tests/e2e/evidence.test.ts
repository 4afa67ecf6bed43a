/** Handing in by the hundreds: 200 files dropped at once, the network cut, the page opened anew in between; all arrive once. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from './support/axe'
import { openAs, shot, takeNoises } from './support/browser'
import { account, drafting, Somebody } from './support/city'
import { seen, settled } from './support/tour'

const MANY = 200
const LONG_MS = 120_000

/** Drops files made in the page, as a hand with a mouse would. */
async function drop(page: Page, selector: string, names: string[], mark: string): Promise<void> {
  await page.evaluate(([where, all, text]) => {
    const transfer = new DataTransfer()
    for (const name of all) transfer.items.add(new File([`${text} ${name}\n${'走访记录。'.repeat(2000)}`], name, { type: 'text/plain' }))
    document.querySelector(where)!.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }, [selector, names, mark] as const)
}

const network = (session: CDPSession, offline: boolean, speed = -1) => session.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: speed })
const dock = (page: Page) => page.getByRole('region', { name: '上传', exact: true })
const arrived = async (page: Page) => Number(/已完成 (\d+) /.exec(await dock(page).getByRole('status').innerText())?.[1])

async function until(page: Page, count: number): Promise<void> {
  await expect.poll(() => arrived(page), { timeout: LONG_MS, interval: 200 }).toBeGreaterThanOrEqual(count)
}

test('200 files dropped at once arrive once each, over a cut network and a reload', { timeout: 240_000 }, async () => {
  const [number] = await drafting('self-reports')
  const name = account(number!, 'office')
  const somebody = await Somebody.called(name)
  const mark = `走访${Date.now()}`
  const names = Array.from({ length: MANY }, (_, place) => `${mark}-${String(place + 1).padStart(3, '0')}.txt`)
  const page = await openAs(name)
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await page.goto('/u/evidence')
  await seen(page, 'evidence-store')

  await drop(page, '.evlist .drop', names, mark)
  const dialog = page.getByRole('dialog', { name: '上传佐证材料' })
  await dialog.getByText('共 200 个文件').waitFor()
  await dialog.getByRole('checkbox', { name: /已逐个核对/ }).check()
  await dialog.getByText('类别、所属时间、说明').click()
  await dialog.getByLabel('类别').selectOption({ label: '记录台账' })
  await expectAccessible(page)
  await shot(page, 'evidence-hand-in-many')
  await dialog.getByRole('button', { name: '开始上传' }).click()

  await until(page, 20)
  await page.getByRole('link', { name: '条目对照' }).first().click()
  await page.getByRole('heading', { name: '条目对照' }).waitFor()
  expect(await arrived(page), 'going to another page stops nothing').toBeLessThan(MANY)
  await network(session, true)
  await dock(page).getByText('网络断了，等着接着传').waitFor()
  await expectAccessible(page)
  await shot(page, 'evidence-dock-cut')
  const before = await arrived(page)
  await network(session, false)
  takeNoises() // the browser reports each request that the cut has broken
  await until(page, before + 20)

  await page.reload()
  await dock(page).waitFor()
  await expect.poll(() => dock(page).getByRole('heading').innerText(), { timeout: LONG_MS }).toBe('上传完成')
  takeNoises()
  await settled(page)
  const [year] = await somebody.years()
  const { unit } = await somebody.get<{ unit: { id: string } }>('/me')
  const rows = await somebody.list<{ title: string, state: string, kind: string }>(`/evidence?campaign_id=${year!.id}&unit_id=${unit.id}&q=${encodeURIComponent(mark)}`)
  expect(rows.map(one => `${one.title}.txt`).sort()).toEqual(names)
  expect(new Set(rows.map(one => `${one.state} ${one.kind}`))).toEqual(new Set(['available record']))
  await shot(page, 'evidence-dock-done')
})

test('a large file that was half way is chosen again after a reload and goes on', async () => {
  const [number] = await drafting('self-reports')
  const page = await openAs(account(number!, 'office'))
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await page.goto('/u/evidence')
  await settled(page)
  const folder = mkdtempSync(join(tmpdir(), 'sihao-large-'))
  const name = `会议录像${Date.now()}.txt`
  const [large, other] = ['会议纪要。\n', '别的内容。\n'].map((text, at) => {
    mkdirSync(join(folder, String(at)))
    writeFileSync(join(folder, String(at), name), Buffer.alloc(34 * 1_048_576, text))
    return join(folder, String(at), name)
  }) as [string, string]
  await page.locator('.evlist input[type=file]').first().setInputFiles(large)
  const dialog = page.getByRole('dialog', { name: '上传佐证材料' })
  await dialog.getByRole('checkbox').check()
  await network(session, false, 6 * 1_048_576)
  await dialog.getByRole('button', { name: '开始上传' }).click()
  await dock(page).getByText(/^[1-9]\d%/).first().waitFor()
  await page.reload()
  takeNoises()
  await network(session, false)
  await dock(page).getByText('1 份没有传完').waitFor()
  await expectAccessible(page)
  await shot(page, 'evidence-dock-lost')

  const again = dock(page).locator('input[type=file]')
  await again.setInputFiles(other)
  await dock(page).getByText(/不是同一个文件/).waitFor()
  const offsets: number[] = []
  page.on('request', (request) => { if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset'])) })
  await again.setInputFiles(large)
  await dock(page).getByText('上传完成').waitFor()
  expect(offsets[0], 'it goes on where it was').toBeGreaterThan(1_048_576)
  rmSync(folder, { recursive: true })
})
