/** The squares of the evidence map. */
import type { EvidenceCell } from '@/core/api/schema'
import { squareOf } from '@/domain/shown'
import type { Cell } from '@/kit/UiCells.vue'

export interface Shown { full: number, promised: number, none: number, dimensions: { code: string, full: number, cells: Cell[] }[] }

/** Counts and squares by dimension, in the standard's order. `door` gives an item's page. */
export function evidenceOf(cells: readonly EvidenceCell[], door: (code: string) => string | undefined): Shown {
  const dimensions = new Map<string, Cell[]>()
  for (const item of cells) dimensions.set(item.dimension, [...(dimensions.get(item.dimension) ?? []), squareOf(item, item.status, door(item.code))])
  const count = (state: Cell['state'], among: readonly Cell[] = [...dimensions.values()].flat()) => among.filter(one => one.state === state).length
  return {
    full: count('full'), promised: count('part'), none: count('none'),
    dimensions: [...dimensions].map(([code, of]) => ({ code, full: count('full', of), cells: of })),
  }
}
