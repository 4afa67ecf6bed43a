/** Builds, then holds the result against the budgets and the policy: sizes in bytes after gzip, nothing inline. */
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const FIRST_JS = 60_000
const FIRST_CSS = 8_000
const ROUTE_JS = 20_000
const OUT = '.cache/budget'

await build({ build: { outDir: OUT, emptyOutDir: true }, logLevel: 'error' })
const html = readFileSync(`${OUT}/index.html`, 'utf8')
const size = (file: string) => gzipSync(readFileSync(`${OUT}/${file}`)).length
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(match => match[1]!)
const total = (ending: string) => first.filter(file => file.endsWith(ending)).map(size).reduce((sum, one) => sum + one, 0)

const wrong: string[] = []
const hold = (name: string, bytes: number, limit: number) => {
  console.log(`${name}: ${(bytes / 1000).toFixed(1)} of ${limit / 1000} kB`)
  if (bytes > limit) wrong.push(`${name} is too large`)
}
hold('first load, scripts', total('.js'), FIRST_JS)
hold('first load, styles', total('.css'), FIRST_CSS)
for (const file of readdirSync(`${OUT}/assets`).map(name => `assets/${name}`)) {
  if (file.endsWith('.js') && !first.includes(file) && size(file) > ROUTE_JS) hold(file, size(file), ROUTE_JS)
}
if (/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/.test(html)) wrong.push('index.html has something inline that the policy refuses')
for (const line of wrong) console.error(line)
process.exitCode = wrong.length ? 1 : 0
