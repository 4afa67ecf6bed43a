/** `npm run check`: everything that can be told without running the product, side by side; prints what fails. */
import { spawn } from 'node:child_process'

const CHECKS: Record<string, string[]> = {
  'generated API types are current': ['node', 'scripts/gen.ts', '--check'],
  types: ['vue-tsc', '--noEmit'],
  lint: ['eslint', '.', '--max-warnings', '0'],
  styles: ['stylelint', 'src/**/*.{css,vue}'],
  'unused code': ['knip'],
  words: ['node', 'scripts/words.ts'],
  'sizes and policy': ['node', 'scripts/budget.ts'],
}

function run(name: string, [command, ...args]: string[]): Promise<boolean> {
  const started = performance.now()
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command!, args, { env: { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}` } })
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString() })
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString() })
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
      if (code !== 0) console.log(output)
      resolve(code === 0)
    })
  })
}

const queue = Object.entries(CHECKS)
const results: boolean[] = []

async function work(): Promise<void> {
  for (let next = queue.shift(); next; next = queue.shift()) results.push(await run(...next))
}

await Promise.all([work(), work()])
process.exitCode = results.every(Boolean) ? 0 : 1
