/** The squares of the evidence map. */
import type { EvidenceCell } from '@/core/api/schema'
import type { Cell } from '@/kit/UiCells.vue'

/** How a square looks for each way an item may stand; what was not accepted is cut. */
export const SHOWN: [Cell['state'], string][] = [['full', '已佐证'], ['part', '已登记待上传'], ['cut', '不采信'], ['none', '尚无佐证']]
const WORDS = Object.fromEntries(SHOWN) as Record<Cell['state'], string>
const LOOK: Record<string, Cell['state']> = { accepted: 'full', available: 'full', promised: 'part', rejected: 'cut', none: 'none' }

export interface Shown { full: number, promised: number, none: number, dimensions: { code: string, full: number, cells: Cell[] }[] }

/** Counts and squares by dimension, in the standard's order. `door` gives an item's page. */
export function evidenceOf(cells: readonly EvidenceCell[], door: (code: string) => string | undefined): Shown {
  const dimensions = new Map<string, Cell[]>()
  for (const { code, title, dimension, status } of cells) {
    const state = LOOK[status] ?? 'none'
    const to = door(code)
    const cell: Cell = { key: code, text: code.slice(dimension.length), state, said: `${code} ${title}：${WORDS[state]}`, ...(to && { to }) }
    dimensions.set(dimension, [...(dimensions.get(dimension) ?? []), cell])
  }
  const count = (state: Cell['state'], among: readonly Cell[] = [...dimensions.values()].flat()) => among.filter(one => one.state === state).length
  return {
    full: count('full'), promised: count('part'), none: count('none'),
    dimensions: [...dimensions].map(([code, of]) => ({ code, full: count('full', of), cells: of })),
  }
}
