/** One Chromium for a test file; a fresh context for each person. Anything said on the console fails the test. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import packed from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { INTRANET } from './product'

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]
const NAMES = ['google-chrome', 'chrome', 'msedge', 'microsoft-edge', 'chromium', 'chromium-browser']
/** No page may take longer than this for one step, even on a busy machine. */
const PATIENCE_MS = 15_000

function onPath(): string | undefined {
  for (const name of NAMES) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    } catch {
      continue // `which` fails for a name that is not there; the next one may be
    }
  }
  return undefined
}

export function baseUrl(host = INTRANET): string {
  const url = new URL(process.env.SIHAO_E2E_URL ?? '')
  url.hostname = host
  return url.origin
}

let browser: Browser
const contexts: BrowserContext[] = []
const noises: string[] = []
const flying = new WeakMap<Page, Set<Request>>()

beforeAll(async () => {
  const executablePath = process.env.SIHAO_BROWSER ?? onPath() ?? await packed.executablePath()
  const { hostname } = new URL(process.env.SIHAO_E2E_URL ?? '')
  // The language of date fields is the browser's, which is the environment's.
  const env = { ...process.env, LANGUAGE: 'zh_CN' }
  browser = await chromium.launch({ executablePath, env, args: [...FLAGS, `--host-resolver-rules=MAP ${INTRANET} ${hostname}`] })
})
afterEach(async ({ task }) => {
  const pages = contexts.flatMap(context => context.pages())
  if (task.result?.state === 'fail') await Promise.all(pages.map((page, place) => picture(page, `failed-${task.name.slice(0, 40)}-${place + 1}`)))
  for (const context of contexts.splice(0)) await context.close()
  expect(noises.splice(0), 'the console is silent').toEqual([])
})
afterAll(() => browser.close())

interface Look { host?: string, width?: number, theme?: 'light' | 'dark' | 'contrast', font?: 'standard' | 'large' | 'xlarge' }

/** A window of its own, signed in as nobody. */
export async function openWindow({ host, width = 1366, theme = 'light', font = 'standard' }: Look = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseUrl(host), viewport: { width, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  contexts.push(context)
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addInitScript(display => localStorage.setItem('sihao.display', display), JSON.stringify({ theme, font }))
  const page = await context.newPage()
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) noises.push(`${page.url()}: ${message.text()}`) })
  page.on('pageerror', error => noises.push(`${page.url()}: ${error.message}`))
  const asked = new Set<Request>()
  flying.set(page, asked)
  page.on('request', request => asked.add(request))
  page.on('requestfinished', request => asked.delete(request))
  page.on('requestfailed', (request) => {
    asked.delete(request)
    const why = request.failure()?.errorText ?? ''
    if (why !== 'net::ERR_ABORTED') noises.push(`${request.url()}: ${why}`) // aborted: the page was left
  })
  return page
}

/** Whether the page waits for an answer of the server. */
export const isAsking = (page: Page): boolean => Boolean(flying.get(page)?.size)

/** Takes what the console said so far, for tests that provoke a refusal: the browser reports every 4xx. */
export function takeNoises(): string[] {
  return noises.splice(0)
}

/** Fills in the sign-in page that is open. */
export async function enter(page: Page, name: string): Promise<void> {
  await page.getByLabel('账号').fill(name)
  await page.getByLabel('密码').fill(process.env.SIHAO_DEMO_PASSWORD ?? '')
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL(url => url.pathname !== '/login')
}

export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/login')
  await enter(page, name)
}

/** A window signed in as one of the demo city's accounts: `unit01.office`, `officer`, `leadership`. */
export async function openAs(name: string, look: Look = {}): Promise<Page> {
  const page = await openWindow(look)
  await signIn(page, name)
  return page
}

/** Keeps a picture of the whole page in shots/ (not committed), where somebody will look at it. */
export async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SIHAO_PICTURES !== 'failures') await picture(page, name)
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync('shots', { recursive: true })
  await page.screenshot({ path: `shots/${name}.png`, fullPage: true })
}
