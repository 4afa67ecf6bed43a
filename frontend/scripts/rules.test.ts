/** The rules of this folder bite: each tool is red at the sight of a seeded defect, in a copy. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const HERE = resolve(import.meta.dirname, '..')
const COPIED = ['src', 'scripts', 'tests', 'public', 'index.html', 'gallery.html', 'package.json', 'tsconfig.json',
  'eslint.config.js', 'knip.json', '.stylelintrc.json',
  'vite.config.ts', 'vite.gallery.config.ts', 'vitest.config.ts', 'vitest.e2e.config.ts']
const PLAIN = '<template>\n  <p>文字</p>\n</template>\n'

/** What is added to a file (or makes it), the command that must refuse it, and what it must say. */
const DEFECTS: [rule: string, file: string, text: string, command: string[], red: RegExp][] = [
  ['a feature imports no other feature', 'src/features/plans/a.ts',
    "export { default } from '@/features/reports/pages/ReportPage.vue'\n", ['eslint'], /no-restricted-imports/],
  ['nor by a way around', 'src/features/plans/pages/b.ts',
    "export { default } from '../../reports/pages/ReportPage.vue'\n", ['eslint'], /no-restricted-imports/],
  ['the core imports nothing above it', 'src/core/c.ts',
    "export { default } from '@/kit/UiForm.vue'\n", ['eslint'], /no-restricted-imports/],
  ['the kit knows no domain', 'src/kit/d.ts', "export * from '@/domain/words'\n", ['eslint'], /no-restricted-imports/],
  ['a component is at most 150 lines', 'src/kit/e.ts', 'export const one = 1\n'.repeat(151), ['eslint'], /max-lines/],
  ['no raw HTML', 'src/kit/F.vue', '<template>\n  <p v-html="1" />\n</template>\n', ['eslint'], /vue\/no-v-html/],
  ['no style attributes', 'src/kit/G.vue', '<template>\n  <p style="color: red" />\n</template>\n', ['eslint'], /no-restricted-static-attribute/],
  ['a picture has a text', 'src/kit/H.vue', '<template>\n  <img src="a.png">\n</template>\n', ['eslint'], /alt-text/],
  ['colours are tokens', 'src/kit/I.vue', `${PLAIN}\n<style>\np { color: #f00; }\n</style>\n`, ['stylelint'], /Colours stand in styles\/tokens\.css only/],
  ['what is not built is not named', 'src/kit/J.vue', PLAIN.replace('文字', '积分'), ['node', 'scripts/words.ts'], /src\/kit\/J\.vue:2/],
  ['nothing is unused', 'src/features/plans/unused.ts', 'export const nobody = 1\n', ['knip'], /src\/features\/plans\/unused\.ts/],
  ['no export is unused', 'src/routes.ts', '\nexport const nobodyWantsIt = 1\n', ['knip'], /nobodyWantsIt/],
]

let place = ''

function run([tool, ...args]: string[]): { status: number | null, said: string } {
  const program = tool === 'node' ? process.execPath : join(place, 'frontend/node_modules/.bin', tool!)
  const done = spawnSync(program, args, { cwd: join(place, 'frontend'), encoding: 'utf8' })
  return { status: done.status, said: done.stdout + done.stderr }
}

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'rules-'))
  for (const one of COPIED) cpSync(join(HERE, one), join(place, 'frontend', one), { recursive: true })
  symlinkSync(join(HERE, 'node_modules'), join(place, 'frontend/node_modules'))
  cpSync(join(HERE, '../openapi.json'), join(place, 'openapi.json'))
  for (const [, file, text] of DEFECTS) appendFileSync(join(place, 'frontend', file), text)
})

afterAll(() => { rmSync(place, { recursive: true }) })

const said = new Map<string, string>()

/** One run of a tool finds the defects of all its rules. */
function saidBy(command: string[]): string {
  const [tool] = command
  const files = DEFECTS.filter(([, , , [own]]) => own === tool).map(([, file]) => file)
  const known = said.get(tool!)
  if (known !== undefined) return known
  const found = run(tool === 'eslint' || tool === 'stylelint' ? [...command, ...files] : command)
  expect(found.status).not.toBe(0)
  said.set(tool!, found.said)
  return found.said
}

test.each(DEFECTS)('%s', (_rule, file, _text, command, red) => {
  const whole = saidBy(command)
  const own = command[0] === 'eslint' ? whole.slice(whole.indexOf(file)).split('\n\n')[0]! : whole
  expect(whole).toContain(file)
  expect(own).toMatch(red)
}, 60_000)

test('the client is the contract\'s', () => {
  const spec = join(place, 'openapi.json')
  expect(run(['node', 'scripts/gen.ts', '--check']).status).toBe(0)

  writeFileSync(spec, readFileSync(spec, 'utf8').replaceAll('complaint_list', 'complaint_lost'))

  expect(run(['node', 'scripts/gen.ts', '--check']).status).not.toBe(0)
}, 60_000)
