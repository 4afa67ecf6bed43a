import { afterEach, expect, test } from 'vitest'
import { type Kept, kept } from './uploadKept'
import { useOwning } from './uploadOwner'
import { owner } from './owner'

const KEYS = ['a', 'b', 'c']
const record = (key: string): Kept => ({ key, owner: owner.id, name: `${key}.txt`, size: 1, print: '', wanted: {}, at: Date.now() })
const later = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms) })

afterEach(async () => {
  for (const key of [...KEYS, 'left']) await kept.remove(key)
})

test('without locks, of six windows opened within a second one gets what is left', async () => {
  owner.id = 'li'
  for (const key of KEYS) await kept.put(record(key))
  const taken = await Promise.all([0, 200, 400, 600, 800, 1000].map(async (ms) => {
    await later(ms)
    return useOwning(() => undefined).claim(KEYS)
  }))
  expect(taken.flat().sort()).toEqual(KEYS)
})

test('without locks, what a window left that was ended by force is another\'s', async () => {
  await kept.put({ ...record('left'), held: { by: 'gone', at: Date.now() - 1 } })
  expect(await useOwning(() => undefined).claim(['left'])).toEqual(['left'])
})
