/** What is wrong with a scheme that is typed, by the field it stands in; the server says the same of what is sent. */
import { Problem } from '@/core/api/problem'
import { compare, isDecimal, isZero, score, signed } from '@/core/decimal'
import { inspectionShare, reaches, tally } from './reckon'
import { dimensionsOf, type ItemSheet, itemsOf, readable, type Sheet } from './scheme'

export type Faults = Record<string, string>

const NUMBER = '填数字，如 2.5'
const CODE = /^[A-Z][A-Z0-9]{0,7}$/
const isPoints = (text: string): boolean => isDecimal(text) && compare(text, '0') >= 0 && (text.split('.')[1] ?? '').trim().length <= 4
const isWhole = (text: string, least: number, most: number): boolean => /^\d{1,4}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most
const isTwice = (names: readonly string[], at: number): boolean => names.indexOf(names[at]!) < at

/** Gathers sentences; the first of a field stays. */
class Found {
  readonly all: Faults = {}
  ask(holds: boolean, field: string, text: string): void {
    if (!holds && !(field in this.all)) this.all[field] = text
  }
}

function askItem(found: Found, code: string, item: ItemSheet): void {
  const at = `rules/items/${code}`
  found.ask(isPoints(item.points), `${at}/points`, NUMBER)
  found.ask(!item.floor.trim() || isPoints(item.floor), `${at}/floor`, NUMBER)
  found.ask(reaches(item.points, item.floor), `${at}/floor`, '保底分不能高于分值')
  const fault = faultOfItem(item)
  found.ask(!fault, at, fault ?? '')
}

/** What is wrong with an item's catalogue or its levels, in one sentence. */
export function faultOfItem({ points, floor, clauses, levels }: ItemSheet): string | undefined {
  if (clauses.some(one => !one.text.trim())) return '每条扣分都要写明情形'
  if (clauses.some(one => !isPoints(one.points))) return '每次扣分要填数字'
  if (!levels.length) return undefined
  if (levels.some(one => !one.name.trim())) return '每个档次都要有名称'
  if (levels.some(one => !isPoints(one.points))) return '每个档次的得分要填数字'
  if (compare(levels[0]!.points, readable(points)) !== 0) return `最高一档应为 ${readable(points)} 分`
  if (levels.some((one, at) => at > 0 && compare(levels[at - 1]!.points, one.points) <= 0)) return '档次应从高到低，得分各不相同'
  return reaches(levels[levels.length - 1]!.points, floor) ? undefined : `最低一档低于保底分 ${floor} 分`
}

function askWeights(found: Found, sheet: Sheet): void {
  const [co, ballot] = [sheet['rules/co_share'], sheet['rules/ballot_share']]
  for (const [field, share] of [['rules/co_share', co], ['rules/ballot_share', ballot]] as const) {
    found.ask(isPoints(share) && compare(share, '100') <= 0 && (share.split('.')[1] ?? '').length <= 2, field, '填 0 至 100 之间的数，最多两位小数')
  }
  const late = isZero(readable(ballot)) ? 'rules/co_share' : 'rules/ballot_share'
  found.ask(compare(inspectionShare(sheet), '0') > 0, late, '并入考核与民主测评合计应小于 100%')
  const weights = Object.entries(sheet['rules/co_weights'])
  for (const [code, weight] of weights) found.ask(!weight.trim() || isPoints(weight), `rules/co_weights/${code}`, NUMBER)
  found.ask(isZero(readable(co)) || weights.some(([, weight]) => !isZero(readable(weight))), 'rules/co_share', '至少给一项并入考核填上权重')
  const groups = sheet['rules/rater_groups']
  const names = groups.map(one => one.name.trim())
  groups.forEach((one, at) => {
    found.ask(Boolean(one.name.trim()), `rules/rater_groups/${at}/name`, '写明分组')
    found.ask(!isTwice(names, at), `rules/rater_groups/${at}/name`, '分组重复')
    found.ask(isPoints(one.points), `rules/rater_groups/${at}/points`, NUMBER)
  })
  found.ask(isZero(readable(ballot)) || groups.some(one => !isZero(readable(one.points))), 'rules/ballot_share', '至少给一个分组填上权重')
}

function askExtras(found: Found, sheet: Sheet): void {
  const [extras, vetoes] = [sheet['rules/extras'], sheet['rules/vetoes']]
  const codes = [...extras, ...vetoes].map(one => one.code.trim())
  const askCode = (field: string, at: number) => {
    found.ask(CODE.test(codes[at]!), field, '大写字母开头，如 J1')
    found.ask(!isTwice(codes, at), field, '编号重复')
  }
  extras.forEach((one, at) => {
    const row = `rules/extras/${at}`
    askCode(`${row}/code`, at)
    found.ask(Boolean(one.text.trim()), `${row}/text`, '写明事项')
    found.ask(isPoints(one.points), `${row}/points`, NUMBER)
    found.ask(isWhole(one.times_most, 1, 99), `${row}/times_most`, '填 1 至 99')
    found.ask(isWhole(one.notice_days, 0, 60), `${row}/notice_days`, '填 0 至 60')
  })
  vetoes.forEach((one, at) => {
    askCode(`rules/vetoes/${at}/code`, extras.length + at)
    found.ask(Boolean(one.text.trim()), `rules/vetoes/${at}/text`, '写明事项')
    found.ask(sheet['rules/grades'].some(grade => grade.name.trim() === one.grade), `rules/vetoes/${at}/grade`, '选一个等次')
    found.ask(isWhole(one.notice_days, 0, 60), `rules/vetoes/${at}/notice_days`, '填 0 至 60')
  })
  for (const field of ['rules/bonus_most', 'rules/penalty_most', 'rules/ceiling'] as const) found.ask(isPoints(sheet[field]), field, NUMBER)
}

function askGrades(found: Found, sheet: Sheet): void {
  const grades = sheet['rules/grades']
  const names = grades.map(one => one.name.trim())
  grades.forEach((one, at) => {
    const row = `rules/grades/${at}`
    found.ask(Boolean(names[at]), `${row}/name`, '写明名称')
    found.ask(!isTwice(names, at), `${row}/name`, '名称重复')
    found.ask(isPoints(one.at_least), `${row}/at_least`, NUMBER)
    found.ask(at === 0 || reaches(grades[at - 1]!.at_least, one.at_least), `${row}/at_least`, '应从高到低排列')
    found.ask(at < grades.length - 1 || isZero(readable(one.at_least)), `${row}/at_least`, '最后一等从 0 分起')
    found.ask(isWhole(one.dimension_percent || '0', 0, 100), `${row}/dimension_percent`, '填 0 至 100')
  })
  const quotas = sheet['rules/quotas']
  const keys = quotas.map(one => `${one.grade}/${one.unit_class}`)
  quotas.forEach((one, at) => {
    const row = `rules/quotas/${at}`
    found.ask(names.slice(0, -1).includes(one.grade), `${row}/grade`, '选一个等次，最后一等不能限定')
    found.ask(!isTwice(keys, at), `${row}/grade`, '同一类别重复')
    found.ask(isWhole(one.percent, 1, 100), `${row}/percent`, '填 1 至 100')
  })
}

/** Everything that is wrong, by field. */
export function faultsOf(sheet: Sheet): Faults {
  const found = new Found()
  for (const [code, points] of Object.entries(dimensionsOf(sheet))) found.ask(isPoints(points), `rules/dimensions/${code}`, NUMBER)
  for (const [code, item] of Object.entries(itemsOf(sheet))) askItem(found, code, item)
  for (const one of tally(sheet)) found.ask(isZero(one.off), `rules/dimensions/${one.code}`, `各条目合计 ${score(one.spread)}，${signed(one.off)}`)
  askWeights(found, sheet)
  askExtras(found, sheet)
  askGrades(found, sheet)
  found.ask(isWhole(sheet['rules/objection_days'], 0, 60), 'rules/objection_days', '填 0 至 60')
  found.ask(isPoints(sheet['rules/interview/below']), 'rules/interview/below', '填分数')
  found.ask(isWhole(sheet['rules/interview/findings'], 1, 1000), 'rules/interview/findings', '填 1 至 1000')
  return found.all
}

export const PARTS = [
  { key: 'points', label: '条目分值', fields: /^rules\/(dimensions|items)\// },
  { key: 'aside', label: '不适用条目', fields: /^rules\/not_for/ },
  { key: 'weights', label: '评分人和权重', fields: /^rules\/(scorers|co_|ballot_|rater_)/ },
  { key: 'extras', label: '加分和减分', fields: /^rules\/(extras|bonus_most|penalty_most|ceiling)/ },
  { key: 'vetoes', label: '一票否决', fields: /^rules\/vetoes/ },
  { key: 'grades', label: '等次和名额', fields: /^rules\/(grades|quotas)/ },
  { key: 'terms', label: '计算和期限', fields: /^rules\/(places|rounding|objection_days|interview|days_not_counted)/ },
] as const
export type PartKey = typeof PARTS[number]['key']

/** How many fields of each part are to be mended. */
export function faultsByPart(faults: Faults): Record<PartKey, number> {
  return Object.fromEntries(PARTS.map(({ key, fields }) => [key, Object.keys(faults).filter(field => fields.test(field)).length])) as Record<PartKey, number>
}

const LISTS: Record<string, string> = { clauses: '扣分条款', levels: '档次' }

/** Where a refusal of the server is shown: a group of raters by its row, what stands in an item's dialog at the item. */
export function landed(problem: Problem, sheet: Sheet): Problem {
  const errors = problem.errors.map((one) => {
    const field = one.pointer.replace(/^\/body\//, '')
    const group = /^rules\/rater_groups\/([^/]+)/.exec(field)
    const place = group ? sheet['rules/rater_groups'].findIndex(row => row.name.trim() === group[1]) : -1
    if (place >= 0) return { ...one, pointer: `/body/rules/rater_groups/${place}/${field.endsWith('[key]') ? 'name' : 'points'}` }
    const [, item, list, row] = /^(rules\/items\/[^/]+)\/(clauses|levels)(?:\/(\d+))?/.exec(field) ?? []
    if (item && list) return { ...one, pointer: `/body/${item}`, detail: `${LISTS[list]}${row ? `第 ${Number(row) + 1} 条` : ''}${one.detail}` }
    return one
  })
  return new Problem(problem.status, { ...problem.more, errors }, problem.etag)
}
