/** What the parts of the scheme's form share: the form, what is wrong with it, and its fields by their pointers. */
import { computed, type ComputedRef, inject, type InjectionKey, provide, watch } from 'vue'
import type { CoAssessmentPublic, CriterionPublic } from '@/core/api/schema'
import type { useForm } from '@/core/form'
import { type Faults, faultsOf } from './faults'
import type { Sheet } from './scheme'

export type SheetForm = ReturnType<typeof useForm<Sheet>>

interface About {
  criteria: readonly CriterionPublic[]
  assessments: readonly CoAssessmentPublic[]
  /** Class of units → how many there are. */
  classes: ComputedRef<ReadonlyMap<string, number>>
}

export interface Cell<V> { id: string, label: string, error: string | undefined, modelValue: V, 'onUpdate:modelValue': (value: unknown) => void }

export interface Editing extends About {
  sheet: Sheet
  faults: ComputedRef<Faults>
  /** Everything a kit field needs for one text of the scheme, named by its pointer. */
  cell: (pointer: string, label: string) => Cell<string>
  /** The same for a yes-or-no. */
  tick: (pointer: string, label: string) => Cell<boolean>
}

type Bag = Record<string, unknown>
const KEY: InjectionKey<Editing> = Symbol('scheme')

/** The value that is merged as a whole, and the way from there: `rules/items/C6` and `[levels, 0, points]`. */
function split(sheet: Sheet, pointer: string): [string, string[]] {
  const steps = pointer.split('/')
  const length = steps.slice(0, 2).join('/') in sheet ? 2 : 3
  return [steps.slice(0, length).join('/'), steps.slice(length)]
}

export function provideEditing(form: SheetForm, about: About): Editing {
  const sheet: Sheet = form.values
  const faults = computed(() => faultsOf(sheet))

  function read(pointer: string): unknown {
    const [top, way] = split(sheet, pointer)
    return way.reduce<unknown>((within, step) => (within as Bag | undefined)?.[step], (sheet as Bag)[top])
  }

  function clear(pointers: readonly string[]): void {
    form.errors.value = Object.fromEntries(Object.entries(form.errors.value).filter(([one]) => !pointers.includes(one)))
  }

  function write(pointer: string, value: unknown): void {
    const [top, way] = split(sheet, pointer)
    const [last] = way.slice(-1)
    if (last === undefined) (sheet as Bag)[top] = value
    else (way.slice(0, -1).reduce<unknown>((within, step) => (within as Bag)[step], (sheet as Bag)[top]) as Bag)[last] = value
    clear([pointer, top])
  }

  function cell(pointer: string, label: string) {
    const value = read(pointer)
    // A field that is still empty is not told so before it is sent.
    const error = form.errors.value[pointer] ?? (value === '' ? undefined : faults.value[pointer])
    return { id: form.field(pointer, label).id, label, error, modelValue: value, 'onUpdate:modelValue': (given: unknown) => write(pointer, given) }
  }

  // What another field has put right needs no mending any more.
  watch(faults, (now, before) => clear(Object.keys(before).filter(one => !(one in now))))

  const editing: Editing = { ...about, sheet, faults, cell: cell as Editing['cell'], tick: cell as Editing['tick'] }
  provide(KEY, editing)
  return editing
}

export const useEditing = (): Editing => inject(KEY)!
