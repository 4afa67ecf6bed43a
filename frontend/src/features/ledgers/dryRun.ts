/** What was pasted is looked at like a file, without writing: what is wrong stands in its cells. */
import { ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '@/core/api/problem'
import type { useForm } from '@/core/form'
import { checkRows, errorsOf } from '@/domain/importJobs'
import { cellErrors, type Column, importRows } from './grid'
import type { Values } from './model'

interface Grid { kind: string, name: string, campaignId: string, columns: readonly Column[] }

export interface Found { refused: number, sentence: string }

export function useDryRun(form: Pick<ReturnType<typeof useForm<Values>>, 'values' | 'errors'>, grid: () => Grid) {
  const found = shallowRef<Found>()
  const problem = shallowRef<Problem>()
  const isChecking = ref(false)
  let newest = 0

  /** Looks at the rows of these numbers. What is changed meanwhile keeps no complaint of what it was. */
  async function check(numbers: readonly number[]): Promise<void> {
    const { kind, name, campaignId, columns } = grid()
    const mine = newest += 1
    const before: Values = { ...form.values }
    isChecking.value = true
    problem.value = undefined
    try {
      const job = await checkRows({ kind: 'ledger-entries', campaign_id: campaignId }, importRows(kind, before, numbers, columns), `粘贴到“${name}”`)
      const errors = Object.entries(cellErrors(await errorsOf(job), numbers, columns))
      if (mine !== newest) return
      form.errors.value = Object.fromEntries(errors.filter(([cell]) => form.values[cell] === before[cell]))
      found.value = { refused: job.refused, sentence: job.refused ? `${numbers.length} 行里有 ${job.refused} 行要改，已在格子里标出。` : `${numbers.length} 行都没有问题，可以登记。` }
    } catch (error) {
      if (mine === newest) problem.value = asProblem(error)
    } finally {
      if (mine === newest) isChecking.value = false
    }
  }
  return { check, found, problem, isChecking }
}
