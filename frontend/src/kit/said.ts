/** A field's value as the page says it: the label of a choice, 是 or 否, a day in Chinese. */
import { day, isDate } from '@/core/dates'

const EMPTY = '（空）'
/** Ids inside a thing say nothing to a reader. */
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

function choiceOf(value: string, control: string | undefined): string | undefined {
  const element = control && document.getElementById(control)
  if (!element) return undefined
  const option = [...element.querySelectorAll<HTMLOptionElement | HTMLInputElement>('option, input')].find(one => one.value === value)
  return (option instanceof HTMLInputElement ? option.closest('label')?.textContent : option?.textContent)?.trim()
}

/** `control` is the id of the field's control, where it stands on the page. */
export function said(value: unknown, control?: string): string {
  if (value === null || value === undefined || value === '') return EMPTY
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.length ? value.map(one => said(one, control)).join('、') : EMPTY
  if (typeof value === 'object') return Object.values(value).filter(one => one !== null && one !== '' && !ID.test(String(one))).map(one => said(one)).join(' ')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return isDate(text) ? day(text) : choiceOf(text, control) ?? text
}
