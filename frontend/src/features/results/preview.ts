/** What a correction would come to, computed by the server while it is being written; nothing of it is kept there. */
import { computed, ref, shallowRef, watch } from 'vue'
import { call } from '@/core/api/call'
import { asProblem } from '@/core/api/problem'
import type { CorrectionPreview, Outcome } from '@/core/api/schema'
import { type Draft, isReckonable, linesOf } from './corrections'

const REST_MS = 400

export function usePreview(result: () => string, draft: () => Draft, outcome: () => Outcome) {
  const seen = shallowRef<CorrectionPreview>()
  const refusal = ref('')
  const asked = computed(() => (isReckonable(draft(), outcome()) ? JSON.stringify(linesOf(draft())) : ''))

  async function look(lines: string): Promise<void> {
    try {
      const found = await call('correction_preview', { path: { id: result() }, body: JSON.parse(lines) as ReturnType<typeof linesOf> })
      if (asked.value === lines) seen.value = found
    } catch (error) {
      if (asked.value === lines) refusal.value = asProblem(error).message
    }
  }

  watch(asked, (lines, _, onCleanup) => {
    seen.value = undefined
    refusal.value = ''
    if (!lines) return
    const timer = setTimeout(() => { void look(lines) }, REST_MS)
    onCleanup(() => clearTimeout(timer))
  }, { immediate: true })

  return { seen, refusal }
}
