/** The product the journeys run against: SIHAO_E2E_URL as it is, else a demo city of our own on a free port. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const READY_MS = 300_000
/** An intranet name over plain HTTP: localhost would hide what secure contexts alone have. */
export const INTRANET = 'sihao.intranet.test'

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function waitFor(url: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + READY_MS; Date.now() < end && child.exitCode === null; await sleep(300)) {
    const ready = await fetch(`${url}/health/ready`).then(answer => answer.ok, () => false)
    if (ready) return
  }
  throw new Error(`the product did not get ready at ${url}`)
}

/** A real OpenID provider (npm `oidc-provider`) beside the product; gives what tells the product of it. */
async function vouch(product: string): Promise<{ provider: ChildProcess, told: Record<string, string> }> {
  const port = String(await freePort())
  const provider = spawn(process.execPath, [join(ROOT, 'frontend/tests/e2e/support/provider.mjs'), port, `${product}/login/oidc`], { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise(resolve => provider.stdout!.once('data', resolve))
  const told = {
    SIHAO_PUBLIC_URL: product, SIHAO_OIDC_ISSUER: `http://127.0.0.1:${port}`, SIHAO_OIDC_CLIENT_SECRET: 'a secret of the provider & ours', SIHAO_OIDC_LABEL: '市政务统一身份认证',
  }
  return { provider, told }
}

/** Serves a new demo city, of these units or of all, and leads the journeys there; the answer stops it. */
export async function serve(units: readonly number[] = []): Promise<() => Promise<void>> {
  const port = await freePort()
  const { provider, told } = await vouch(`http://${INTRANET}:${port}`)
  const data = mkdtempSync(join(tmpdir(), 'sihao-e2e-'))
  process.env.SIHAO_DEMO_PASSWORD ??= 'journeys-only-2026'
  process.env.SIHAO_E2E_URL = `http://127.0.0.1:${port}`
  const child = spawn('python3', ['run.py', 'demo', ...units.flatMap(one => ['--unit', String(one)])], {
    cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...told, SIHAO_PORT: String(port), SIHAO_DATA_DIR: data },
  })
  await waitFor(process.env.SIHAO_E2E_URL, child)
  return async () => {
    provider.kill()
    child.kill('SIGINT')
    await new Promise(resolve => child.once('close', resolve))
    rmSync(data, { recursive: true, force: true })
  }
}

export default async function start(): Promise<(() => Promise<void>) | undefined> {
  return process.env.SIHAO_E2E_URL ? undefined : serve()
}
