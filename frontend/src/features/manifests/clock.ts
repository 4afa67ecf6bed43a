/** The server's time, going on from when it was told: a PC's own clock may be wrong. */
import { computed, ref, watch } from 'vue'
import { useEvery } from '@/core/polling'

export function useServerClock(asOf: () => string | undefined) {
  const told = ref<{ at: number, heard: number }>()
  const here = ref(performance.now())
  watch(asOf, (instant) => {
    here.value = performance.now()
    told.value = instant ? { at: Date.parse(instant), heard: here.value } : undefined
  }, { immediate: true })
  useEvery(1000, () => { here.value = performance.now() })
  /** Milliseconds since 1970; undefined until the server has told. */
  return computed(() => told.value && told.value.at + here.value - told.value.heard)
}
