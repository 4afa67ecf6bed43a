/**
 * The copy of a form in this browser: written with every change, gone when the server has it, taken up by itself the next
 * time the same form opens, and announced there (`restored`), so that a reload or a closed tab loses nothing.
 */
import { getCurrentInstance, ref, watch } from 'vue'
import { local } from './local'
import { changed, type Values } from './merge'
import type { Typed } from './typed'

interface Copy<V extends Values> { typed: ReturnType<Typed<V>['pack']>, at: string }

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const CODE = /^[A-Z]\d{1,3}$/

/** What a property is known by: an id, a code, or the first id within a thing. */
function knownBy(prop: unknown): string[] {
  if (typeof prop === 'string') return ID.test(prop) || CODE.test(prop) ? [prop] : []
  if (typeof prop !== 'object' || prop === null || Array.isArray(prop)) return []
  const id = Object.values(prop as object).find(value => typeof value === 'string' && ID.test(value)) as string | undefined
  const { code } = prop as { code?: unknown }
  return [id, code].filter((one): one is string => typeof one === 'string')
}

/** The page, the component that holds the form, and the things it is about. */
function place(): string {
  const { type, props } = getCurrentInstance()!
  return ['form', window.location.pathname, type.__name ?? '', ...Object.values(props).flatMap(knownBy)].join(' ')
}

export function useCopy<V extends Values>(given: string | false | undefined, typed: Typed<V>) {
  const key = given === false ? '' : given ?? place()
  /** When the copy that was taken up was written. */
  const restored = ref<string>()
  /** True where the browser keeps nothing. */
  const isUnkept = ref(false)
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other, so that a late write does not outlive the removal. */
  function then(act: () => Promise<unknown>): void {
    last = last.then(act).then(() => { isUnkept.value = false }, () => { isUnkept.value = true })
  }

  function keep(): void {
    const copy: Copy<V> = { typed: typed.pack(), at: new Date().toISOString() }
    const isTyped = changed(copy.typed.base, copy.typed.values).length > 0
    then(() => (isTyped ? local.put(key, copy) : local.remove(key)))
  }

  function drop(): void {
    restored.value = undefined
    if (key) then(() => local.remove(key))
  }

  function take(copy: Copy<V>): void {
    typed.unpack(copy.typed)
    const { values, base } = typed.pack()
    if (changed(base, values).length) restored.value = copy.at
  }

  /** Throws the copy away; gives the way back. */
  function discard(): () => void {
    const copy: Copy<V> = { typed: typed.pack(), at: restored.value ?? new Date().toISOString() }
    typed.renew({})
    drop()
    return () => {
      then(() => local.put(key, copy)) // the form may be gone by now
      take(copy)
    }
  }

  if (key) {
    then(async () => {
      const copy = await local.get<Copy<V>>(key)
      if (copy) take(copy)
    })
    watch(() => typed.values, keep, { deep: true })
  }
  return { restored, isUnkept, drop, discard }
}
