/** Writes src/core/api/schema.ts from openapi.json; with --check only says whether it is current. */
import { readFileSync, writeFileSync } from 'node:fs'
import { type Document, render } from './openapi.ts'

const source = new URL('../../openapi.json', import.meta.url)
const target = new URL('../src/core/api/schema.ts', import.meta.url)
const made = render(JSON.parse(readFileSync(source, 'utf8')) as Document)

if (!process.argv.includes('--check')) {
  writeFileSync(target, made)
} else if (readFileSync(target, 'utf8') !== made) {
  console.error('src/core/api/schema.ts is older than openapi.json: run `npm run gen`')
  process.exitCode = 1
}
