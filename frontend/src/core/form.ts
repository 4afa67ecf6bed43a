/**
 * A form that loses nothing: values stay whatever the server says, refusals stand at their fields and in a
 * summary on top, focus goes to the summary. Fields are named by the pointer below `/body/`: `title`, `measures/0/owner_id`.
 */
import { computed, nextTick, reactive, ref, shallowRef, useId, type UnwrapNestedRefs } from 'vue'
import { asProblem, type Problem } from './api/problem'

export interface Complaint {
  /** Id of the field's control; empty when the complaint belongs to no field on the page. */
  id: string
  text: string
}

type Values = Record<string, unknown>

export interface FormOptions<V extends Values> {
  initial: V
  /** Sends the values; a thrown `Problem` is shown. */
  submit: (values: V) => Promise<unknown>
  /** What can be told without the server: field name → sentence, or something false: `{ title: !title && '写明问题' }`. */
  check?: (values: V) => Record<string, string | false | undefined>
}

function fieldOf(pointer: string): string {
  return pointer.replace(/^\/(body|query|path)\/?/, '')
}

export function useForm<V extends Values>(options: FormOptions<V>) {
  const prefix = useId()
  const values = reactive({ ...options.initial }) as UnwrapNestedRefs<V> & Values
  const errors = ref<Record<string, string>>({})
  const labels: Record<string, string> = {}
  const isRunning = ref(false)
  const problem = shallowRef<Problem>()
  const summaryId = `${prefix}-errors`

  const idOf = (name: string) => `${prefix}-${name.replaceAll('/', '-')}`

  const complaints = computed<Complaint[]>(() => Object.entries(errors.value).map(([name, text]) => (
    name in labels ? { id: idOf(name), text: `${labels[name]}：${text}` } : { id: '', text })))

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

  /** True when the server took it. */
  async function submit(): Promise<boolean> {
    if (isRunning.value) return false
    problem.value = undefined
    const found = Object.entries(options.check?.(values as V) ?? {})
    errors.value = Object.fromEntries(found.filter((entry): entry is [string, string] => Boolean(entry[1])))
    if (complaints.value.length) {
      await showErrors()
      return false
    }
    isRunning.value = true
    try {
      await options.submit(values as V)
      return true
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

  return { values, errors, complaints, problem, isRunning, summaryId, field, submit, refuse, showErrors }
}

export type Form = Pick<ReturnType<typeof useForm>, 'complaints' | 'problem' | 'isRunning' | 'summaryId' | 'submit'>
