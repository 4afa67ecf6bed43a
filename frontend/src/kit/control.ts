/** What every field shares: an id, its label, its hint and its error, tied together for assistive technology. */
import { computed, useId } from 'vue'
import './field.css'

export interface FieldProps {
  label: string
  /** Given by `form.field()`; made up otherwise. */
  id?: string | undefined
  hint?: string | undefined
  error?: string | undefined
  optional?: boolean
  /** The label is read aloud but not shown: fields inside table cells and toolbars. */
  bare?: boolean
}

export interface Option { value: string, label: string }

export function useControl(props: Readonly<FieldProps>) {
  const own = useId()
  const id = computed(() => props.id ?? own)
  const described = computed(() => [props.hint && `${id.value}-hint`, props.error && `${id.value}-error`].filter(Boolean).join(' ') || undefined)
  /** For the control itself: `<input v-bind="aria">`. */
  const aria = computed(() => ({
    id: id.value,
    'aria-describedby': described.value,
    'aria-invalid': props.error ? ('true' as const) : undefined,
  }))
  return { id, aria }
}
