/** Off the stage: a unit's inspection from its first to its last step, over the API. */
import { account, numbers, Somebody } from './city'

interface Sheet { id: string, items: { criterion_id: string, code: string, points: string }[] }

const PAIRS = [1, 3, 5, 7, 9].map(first => [`inspector${first}`, `inspector${first + 1}`] as const)
const CUT_ITEMS = 20
const FOUND = 12

/** Two inspectors judge everything alike, and the inspection is fed back, confirmed and final; a poor unit loses much. */
export async function inspect(number: number, poor = false): Promise<string> {
  const officer = await Somebody.called('officer')
  const [year] = await officer.years()
  const id = [...await numbers(officer)].find(([, one]) => one === number)![0]
  const [visit] = await officer.list(`/inspections?campaign_id=${year!.id}&unit_id=${id}`)
  const path = `/inspections/${visit!.id}`
  for (const pair of PAIRS) {
    const [leader, other] = await Promise.all(pair.map(name => Somebody.called(name)))
    if (!(await leader!.list(`/inspections?campaign_id=${year!.id}`)).some(one => one.id === visit!.id)) continue
    if (visit!.state === 'planned') await leader!.move(path, 'start')
    for (const who of [leader!, other!]) {
      const { my_sheet_id } = await who.get<{ my_sheet_id: string }>(path)
      const sheet = await who.get<Sheet>(`/sheets/${my_sheet_id}`)
      for (const [at, item] of sheet.items.entries()) {
        const deduction = { clause: '没有开展', clause_number: null, times: 1, points: item.points, fact: '全年没有开展此项工作，询问经办人员确认。', absence: '未见任何记录', evidence_id: null }
        await who.write('PUT', `/sheets/${sheet.id}/judgements/${item.criterion_id}`, { doubt: false, note: '', deductions: poor && at < CUT_ITEMS ? [deduction] : [] }, 0)
      }
      if (who === leader && poor) {
        for (const item of sheet.items.slice(0, FOUND)) await who.write('POST', '/findings', { inspection_id: visit!.id, criterion_id: item.criterion_id, text: `${item.code} 全年没有开展，没有部署也没有记录。`, root_cause: '' })
      }
      await who.move(`/sheets/${sheet.id}`, 'submit')
    }
    await leader!.write('POST', `${path}/decisions/agree`, {})
    await leader!.move(path, 'consolidate')
    await officer.move(path, 'give_feedback', '现将检查意见反馈你单位。')
    await (await Somebody.called(account(number, 'lead'))).move(path, 'confirm', '没有异议。')
    await officer.move(path, 'finalize')
    return visit!.unit_name
  }
  throw new Error('no group inspects the unit')
}
