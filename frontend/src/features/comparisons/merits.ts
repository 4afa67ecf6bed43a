/** Merits as they are written, one paragraph for each of the four goods, taken apart for a sheet of paper. */
import { DIMENSION } from '@/domain/words'

export interface Good { title: string, text: string }

/** `政治坚定好：…` opens a part; what stands before, or names no good, has no title. */
export function goodsOf(merits: string): Good[] {
  const goods: Good[] = []
  for (const line of merits.split('\n').map(one => one.trim()).filter(Boolean)) {
    const title = Object.values(DIMENSION).find(one => line.startsWith(`${one}：`))
    if (title) goods.push({ title, text: line.slice(title.length + 1) })
    else if (goods.length) goods[goods.length - 1]!.text += `\n${line}`
    else goods.push({ title: '', text: line })
  }
  return goods
}
