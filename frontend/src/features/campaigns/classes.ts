/** Classes of units and how many units each has. */
import { computed } from 'vue'
import { useUnits } from '@/domain/units'

export function useClasses() {
  const units = useUnits()
  return computed(() => {
    const counts = new Map<string, number>()
    for (const { unitClass } of units.value) counts.set(unitClass, (counts.get(unitClass) ?? 0) + 1)
    return counts
  })
}
