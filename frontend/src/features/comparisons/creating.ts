/** What a new comparison is asked, and what is sent. Figures are typed, so they are texts until then. */
import type { ComparisonCreate } from '@/core/api/schema'
import { isDecimal } from '@/core/decimal'

export const FORMULAS = [
  { value: 'mean', label: '两年平均' },
  { value: 'weighted', label: '两年按比重' },
  { value: 'both', label: '两年平均，两年都须达到最低分' },
]
export const SHARES = [
  { value: 'all', label: '所有单位一起排' },
  { value: 'class', label: '各类单位分开排，各有名额' },
]
export const EMPTY = {
  name: '', first_campaign_id: '', second_campaign_id: '', kind: 'mean', first_percent: '50', threshold: '80', share: 'all', places: '10',
  quotas: {} as Record<string, string>, notice_days: '5',
}
type Values = typeof EMPTY

const isWhole = (text: string | undefined): boolean => /^\d+$/.test(text?.trim() ?? '')
const isCount = (text: string | undefined): boolean => isWhole(text) && Number(text) > 0

export function checkNew(v: Values, groups: readonly string[]) {
  const quotas = groups.map(name => [`quotas/${name}`, v.share === 'class' && !isWhole(v.quotas[name]) && '写明名额，没有的写 0'] as const)
  return {
    name: !v.name.trim() && '写明评比的名称',
    first_campaign_id: !v.first_campaign_id && '选第一个年度',
    second_campaign_id: !v.second_campaign_id && '选第二个年度',
    first_percent: v.kind === 'weighted' && !(isCount(v.first_percent) && Number(v.first_percent) < 100) && '写 1 到 99 的整数',
    threshold: v.kind === 'both' && !isDecimal(v.threshold.trim()) && '写明分数',
    places: v.share === 'all' && !isCount(v.places) && '写明通报表扬几个单位',
    notice_days: !isCount(v.notice_days) && '写明公示几个工作日',
    ...Object.fromEntries(quotas),
  }
}

export function bodyOf(v: Values, groups: readonly string[]): ComparisonCreate {
  const quotas = v.share === 'class' ? Object.fromEntries(groups.map(name => [name, Number(v.quotas[name])])) : {}
  const all = Object.values(quotas).reduce((sum, one) => sum + one, 0)
  return {
    name: v.name.trim(), first_campaign_id: v.first_campaign_id, second_campaign_id: v.second_campaign_id,
    formula: {
      kind: v.kind as 'mean' | 'weighted' | 'both',
      ...(v.kind === 'weighted' ? { first_percent: Number(v.first_percent) } : {}),
      ...(v.kind === 'both' ? { threshold: v.threshold.trim() } : {}),
    },
    places: v.share === 'all' ? Number(v.places) : Math.max(all, 1),
    quotas, notice_days: Number(v.notice_days),
  }
}
