/** Where a scheme may begin, and what is told of a file that cannot be taken. */
import type { Problem } from '@/core/api/problem'
import type { Example } from '@/core/api/schema'

export const EXAMPLES: readonly { value: Example, label: string, text: string }[] = [
  { value: 'default', label: '平均分配', text: '四个方面各 25 分，条目之间平分，按扣分目录评分；没有加减分、名额和测评。' },
  { value: 'deduction', label: '百分制扣分', text: '从 100 分往下扣，每条扣到保底分为止；另有加减分清单和一票否决。' },
  { value: 'parts', label: '分项加权', text: '检查占六成，并入考核和民主测评各占两成，测评按人员分组计权；两人各自评分。' },
  { value: 'levels', label: '分档评定', text: '每条评为好、较好、一般、差四档，折算计分；各类单位的好、较好设名额。' },
]

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const TYPES: Record<string, string> = { xlsx: XLSX, yaml: 'application/yaml', yml: 'application/yaml' }

/** The file with the type that its name says, as browsers seldom know YAML; undefined for what cannot be taken. */
export function typedFile(file: File): Blob | undefined {
  const type = TYPES[file.name.split('.').pop()!.toLowerCase()]
  return type ? new Blob([file], { type }) : undefined
}

export interface Mistake { key: string, sheet: string, row: string, column: string, detail: string }

/** Every mistake of a file by sheet, row and column; of a YAML file by the way to it. */
export function mistakesOf(problem: Problem): Mistake[] {
  const errors = problem.errors as { pointer: string, detail: string, row?: number | null, column?: string | null }[]
  return errors.map(({ pointer, detail, row, column }, at) => {
    const [sheet = '', ...way] = pointer.split('/').slice(2)
    const isCell = row !== undefined && row !== null
    return { key: String(at), sheet, row: isCell ? String(row) : '', column: column ?? (isCell ? '' : way.join('/')), detail }
  })
}
