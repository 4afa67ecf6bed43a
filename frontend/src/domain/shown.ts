/** What an item's square says of its evidence, wherever squares are drawn: one colour, one meaning. */
import type { Cell } from '@/kit/UiCells.vue'

/** In the order of a legend; what was not accepted is cut. */
export const SHOWN: readonly [Cell['state'], string][] = [['full', '已佐证'], ['part', '已登记待上传'], ['cut', '不采信'], ['none', '尚无佐证']]
const LOOK: Record<string, Cell['state']> = { accepted: 'full', available: 'full', promised: 'part', rejected: 'cut', none: 'none' }
const WORDS = Object.fromEntries(SHOWN) as Record<Cell['state'], string>

export function squareOf(item: { code: string, title: string, dimension: string }, status: string, to?: string): Cell {
  const state = LOOK[status] ?? 'none'
  return { key: item.code, text: item.code.slice(item.dimension.length), state, said: `${item.code} ${item.title}：${WORDS[state]}`, ...(to && { to }) }
}
