/**
 * A form that loses nothing: values stay whatever the server says, refusals stand at their fields and in a
 * summary on top, focus goes to the summary. Fields are named by the pointer below `/body/`: `title`, `measures/0/owner_id`.
 * What is typed is kept in this browser until the server takes it (`formCopy`); what others wrote meanwhile is laid under
 * it field by field (`merge`), and where both changed the same field the person settles it.
 */
import { computed, nextTick, ref, shallowRef, useId, watch, type UnwrapNestedRefs } from 'vue'
import { asProblem, type Problem } from './api/problem'
import { useCopy } from './formCopy'
import type { Values } from './merge'
import { refreshShown } from './query'
import { useTyped } from './typed'

export interface Complaint {
  /** Id of the field's control; empty when the complaint belongs to no field on the page. */
  id: string
  text: string
}

/** Somebody else changed what the person changed too. */
export interface Clash {
  fields: { key: string, label: string, id: string }[]
  base: Values
  mine: Values
  theirs: Values
  /** Who and when, where the server told. */
  who: string
  /** The settled values, or undefined for later. */
  answer: (values: Values | undefined) => void
}

export interface FormOptions<V extends Values> {
  /** What the fields hold at first. A form that edits gives a function of what was read: `() => ({ title: props.thing.title })`. */
  initial: V | (() => V)
  /** Sends the values; a thrown `Problem` is shown. `false`: only asked once more so far, `taken()` follows. */
  submit: (values: V) => Promise<unknown>
  /** What can be told without the server: field name → sentence, or something false: `{ title: !title && '写明问题' }`. */
  check?: (values: V) => Record<string, string | false | undefined>
  /** Where the copy in this browser lies, if not by page and component; false keeps none (passwords). */
  draft?: string | false
}

/** So often a form is sent on top of what others wrote, before it says that it was overtaken. */
const TRIES = 3

const fieldOf = (pointer: string): string => pointer.replace(/^\/(body|query|path)\/?/, '')

export function useForm<V extends Values>(options: FormOptions<V>) {
  const prefix = useId()
  const typed = useTyped<V>(options.initial)
  const values = typed.values as UnwrapNestedRefs<V> & V
  const errors = ref<Record<string, string>>({})
  const labels: Record<string, string> = {}
  const isRunning = ref(false)
  const problem = shallowRef<Problem>()
  const clash = shallowRef<Clash>()
  const summaryId = `${prefix}-errors`
  const copy = useCopy(options.draft, typed)

  const idOf = (name: string) => `${prefix}-${name.replaceAll('/', '-')}`

  const tell = ([name, text]: [string, string]): Complaint => (name in labels ? { id: idOf(name), text: `${labels[name]}：${text}` } : { id: '', text })
  const complaints = computed(() => Object.entries(errors.value).map(tell))

  watch(() => JSON.stringify(typed.read()), () => { if (!isRunning.value) typed.rebase() })

  /** The person settles what both sides changed; false when it is left for later. */
  async function ask(both: string[], stale: Problem | undefined): Promise<boolean> {
    const fields = both.map(key => ({ key, label: labels[key] ?? key, id: idOf(key) }))
    const chosen = await new Promise<Values | undefined>((answer) => {
      const { values: mine, base } = typed.pack()
      clash.value = { fields, base, mine, theirs: typed.now(), who: stale?.message ?? '', answer }
    })
    clash.value = undefined
    if (chosen) typed.settle(chosen)
    return chosen !== undefined
  }

  /** Somebody is mending this field: its complaint has done its work. */
  function change(name: string, value: unknown): void {
    ;(values as Values)[name] = value
    errors.value = Object.fromEntries(Object.entries(errors.value).filter(([other]) => other !== name))
  }

  /** Puts a refusal where it belongs; without pointers it stays in `problem` for an alert. */
  function refuse(refusal: Problem): void {
    problem.value = refusal
    errors.value = Object.fromEntries(refusal.errors.map(one => [fieldOf(one.pointer), one.detail]))
  }

  async function showErrors(): Promise<void> {
    await nextTick()
    document.getElementById(summaryId)?.focus()
  }

  /** The server has it: the copy here goes, and what is shown is where the next change begins. */
  function taken(): void {
    typed.begin()
    copy.drop()
    typed.rebase() // what was read anew meanwhile may be worded by the server
  }

  /** Begins anew, with nothing or some fields filled in: for forms that stay open. */
  function renew(filled: Partial<V> = {}): void {
    typed.renew(filled)
    copy.drop()
  }

  /** Sends; after a 412 reads anew, agrees with whoever wrote meanwhile, and sends again. False: not sent. */
  async function send(): Promise<boolean> {
    let stale: Problem | undefined
    for (let left = TRIES; ;) {
      // Looking and sending happen in one breath, so that what is sent names the version that was looked at.
      const both = typed.rebase()
      if (both.length && await ask(both, stale)) continue
      if (both.length) return false
      try {
        return await options.submit(values) !== false
      } catch (error) {
        stale = asProblem(error)
        left -= 1
        if (!stale.isStale) throw stale
        await refreshShown()
        if (!left || typeof options.initial !== 'function') throw stale
        await nextTick()
      }
    }
  }

  /** True when the server took it. */
  async function submit(): Promise<boolean> {
    if (isRunning.value) return false
    problem.value = undefined
    const found = Object.entries(options.check?.(values) ?? {})
    errors.value = Object.fromEntries(found.filter((entry): entry is [string, string] => Boolean(entry[1])))
    if (complaints.value.length) {
      await showErrors()
      return false
    }
    isRunning.value = true
    try {
      const isTaken = await send()
      if (isTaken) taken()
      return isTaken
    } catch (error) {
      refuse(asProblem(error))
      await showErrors()
      return false
    } finally {
      isRunning.value = false
    }
  }

  /** Everything a kit field needs: `<UiInput v-bind="form.field('title', '标题')" />`. */
  function field<N extends string>(name: N, label: string) {
    labels[name] = label
    return {
      id: idOf(name),
      label,
      error: errors.value[name],
      modelValue: values[name] as N extends keyof V ? V[N] : never,
      'onUpdate:modelValue': (value: unknown) => change(name, value),
    }
  }

  return { values, errors, complaints, problem, isRunning, clash, ...copy, summaryId, field, submit, refuse, showErrors, taken, renew }
}

export type Form = Pick<ReturnType<typeof useForm>, 'complaints' | 'problem' | 'isRunning' | 'clash' | 'restored' | 'isUnkept' | 'summaryId' | 'submit' | 'discard'>
