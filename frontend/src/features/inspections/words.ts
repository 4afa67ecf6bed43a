/** Words of this feature: halves of a day, what cannot be in a calendar, why somebody stands aside, how a result came. */
import type { ConflictKind, HalfDay, RecusalKind, ResultWay, StandingAside } from '@/core/api/schema'

export const HALF: Record<HalfDay, string> = { morning: '上午', afternoon: '下午' }

export const halfOf = (half: HalfDay | null): string => (half ? HALF[half] : '全天')

export const CONFLICT: Record<ConflictKind, string> = {
  group: '检查组同一时间有两处', inspector: '检查人员同一时间有两处', meeting: '单位当天开班子会议', holiday: '不是工作日',
}

export const RECUSAL: Record<RecusalKind, string> = { relative: '有亲属在该单位任职', worked_there: '曾在该单位任职', other: '其他情形' }

export const ASIDE: Record<StandingAside['why'], string> = { ...RECUSAL, own: '本人所在单位', former: '三年内曾在该单位任职' }

export const WAY_IN: Record<ResultWay, string> = { form: '页面填报', bulk: '文件导入', system: '系统对接' }
