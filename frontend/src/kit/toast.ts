/** Good news that passes by itself. An error is never only a toast. */
import { ref } from 'vue'

export interface Toast { id: number, text: string, undo?: (() => void) | undefined }

export const toasts = ref<Toast[]>([])
let last = 0

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter(one => one.id !== id)
}

/** Says what was done, for six seconds; with `undo`, offers to take it back. */
export function toast(text: string, undo?: () => void): void {
  const id = (last += 1)
  toasts.value = [...toasts.value, { id, text, undo }]
  setTimeout(() => dismiss(id), 6000)
}
