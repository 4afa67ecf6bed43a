/** What a text has in common with last year's own and with others': words for it, and the passages laid side by side. */
import { diffWords } from 'diff'
import type { CopiedPassage, CopyCheck } from '@/core/api/schema'
import { DIMENSION } from './words'

const PLACE: Record<string, string> = { ...DIMENSION, head: '基本情况', tail: '存在问题和打算', basis: '制定依据', goals: '目标', content: '主要内容', problem: '问题', measure: '措施' }

export const placeName = (place: string): string => PLACE[place] ?? place

/** The check in one sentence; `own` is told to whoever wrote the text. */
export function sentenceOf(check: CopyCheck, own: boolean): string {
  if (!check.items.length && !check.files.length) return check.passages ? `比对了 ${check.passages} 段文字，没有大段相同的。` : '还没有够长的文字可以比对。'
  const told = [
    check.like_last_year && `${check.like_last_year} 段和${own ? '本单位' : '该单位'}去年的文字大部分相同，占全文 ${check.percent_last_year}%`,
    check.like_others && `${check.like_others} 段和其他单位今年的文字大部分相同，占全文 ${check.percent_others}%`,
    check.files.length && `${check.files.length} 个文件以前交过或者别的单位也交了`,
  ].filter(Boolean)
  return `${told.join('；')}。`
}

/** Numbers of the text that its ledgers do not bear out, in one sentence. */
export function numbersSentence(numbers: CopyCheck['numbers']): string {
  const [first] = numbers
  return numbers.length === 1 && first ? `“${first.text}”在台账中没有找到这么多。` : `有 ${numbers.length} 个数字在台账中没有找到这么多。`
}

/** The passages that have the most in common first. */
export function mostAlike(items: readonly CopiedPassage[]): CopiedPassage[] {
  const alike = (one: CopiedPassage) => Math.max(one.others_percent, ...one.last_year.map(other => other.percent))
  return [...items].sort((a, b) => alike(b) - alike(a))
}

export interface Piece { text: string, same: boolean }

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Two passages with what they share marked in both. */
export function beside(mine: string, theirs: string): { mine: Piece[], theirs: Piece[] } {
  const parts = diffWords(theirs, mine, { intlSegmenter: segmenter })
  const pieces = (left: 'added' | 'removed') => parts.filter(part => !part[left]).map(part => ({ text: part.value, same: !part.added && !part.removed }))
  return { mine: pieces('removed'), theirs: pieces('added') }
}
