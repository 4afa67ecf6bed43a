import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { routes } from '@/routes'
import { entryOf, groupsOf } from './router'

const pages = routes.filter(one => one.meta?.view && !one.redirect)
const entriesOf = (view: string) => routes.filter(one => one.meta?.nav && one.meta.view === view)
/** An address as it stands in the window. */
const addressOf = (path: string) => path.replace(/:(\w+)(\([^)]*\))?/g, '0c7f4b52')

describe('every page stands under exactly one entry of its view’s navigation', () => {
  test.each(pages.map(one => [one.path, one] as const))('%s', (path, page) => {
    const entries = entriesOf(page.meta!.view!)
    const entry = entryOf(addressOf(path), page.meta!, entries)
    expect(entry, 'an entry').toBeDefined()
    if (page.meta!.nav) expect(entry).toBe(page)
    const others = entries.filter(one => one !== entry)
    expect(entryOf(addressOf(path), page.meta!, others), 'no second one').toBeUndefined()
  })
})

/** The first crumb of each page that writes one, by the page's address. */
const written = [...readFileSync('src/routes.ts', 'utf8').matchAll(/path: '([^']+)'.*import\('@\/([^']+)'\)/g)].flatMap(([, path, source]) => {
  const text = readFileSync(`src/${source}`, 'utf8')
  const first = /crumbs="[^"]*?\[\{ label: '[^']+', to: (?:\{ path: )?['`]([^'`]+)/.exec(text)?.[1]
  const view = path!.slice(0, 2)
  const to = first?.replace('${base}', view)
  return to?.startsWith(view) ? [[path!, to] as const] : [] // a page of two views writes crumbs for one of them
})

describe('the way back above a page’s title begins at its entry', () => {
  test.each(written)('%s', (path, first) => {
    const { meta } = pages.find(one => one.path === path)!
    expect(entryOf(addressOf(path), meta!, entriesOf(meta!.view!))?.path).toBe(first)
  })
})

describe('many entries stand in groups, few in one line', () => {
  const entries = entriesOf('committee')

  test('an officer finds each page below a name that no page has, the home alone', () => {
    const [home, ...groups] = groupsOf(entries)
    expect(home).toEqual({ label: '首页', entries: [entries[0]] })
    expect(groups.flatMap(one => one.entries)).toHaveLength(entries.length - 1)
    expect(groups.every(one => one.entries.length > 1)).toBe(true)
    expect(groups.length).toBeLessThan(8)
    expect(groups.map(one => one.label).filter(label => entries.some(one => one.meta!.nav === label))).toEqual([])
  })

  test('whoever is given few pages sees them at once', () => {
    const few = entries.filter(one => !one.meta!.who?.includes('committee.officer') || one.name === 'inspections')
    expect(groupsOf(few).map(one => one.label)).toEqual(few.map(one => one.meta!.nav))
  })
})
