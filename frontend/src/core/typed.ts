/** What a form holds beside what the person began with and what stands on the server, field by field. */
import { reactive } from 'vue'
import { clone, merge, same, type Values } from './merge'

export function useTyped<V extends Values>(initial: V | (() => V)) {
  const read = (): V => clone(typeof initial === 'function' ? initial() : initial)
  const values = reactive(read()) as V
  /** What the person began with; moves on as others' writing is taken in. */
  let base = read()
  /** What stood on the server when it was last looked at. */
  let seen = read()

  /** What stands there now, as far as it moved since it was last looked at. */
  function now(): V {
    const moved = Object.entries(read()).filter(([key, value]) => !same(value, seen[key]))
    return { ...base, ...Object.fromEntries(moved) }
  }

  /** Fields that nobody here touched take what stands there now. Gives those that both sides changed. */
  function rebase(): string[] {
    const under = now()
    const { values: merged, both } = merge(base, clone(values), under)
    Object.assign(values, merged)
    const settled = (all: V) => Object.fromEntries(Object.entries(all).filter(([key]) => !both.includes(key)))
    base = { ...base, ...settled(under) }
    seen = { ...seen, ...settled(read()) }
    return both
  }

  /** The person chose, field by field. */
  function settle(chosen: Values): void {
    base = now()
    seen = read()
    Object.assign(values, chosen)
  }

  /** What the fields hold now is where the next change begins. */
  function begin(): void {
    base = clone(values)
  }

  /** Begins anew with what stands there now, and some fields filled in. */
  function renew(filled: Partial<V>): void {
    seen = read()
    Object.assign(values, seen, filled)
    begin()
  }

  /** All three as plain data, and back again on top of what stands there now. */
  const pack = () => clone({ values, base, seen })
  function unpack(packed: ReturnType<typeof pack>): void {
    base = { ...base, ...packed.base }
    seen = { ...seen, ...packed.seen }
    Object.assign(values, packed.values)
    rebase()
  }

  return { values, read, now, rebase, settle, begin, renew, pack, unpack }
}

export type Typed<V extends Values> = ReturnType<typeof useTyped<V>>
