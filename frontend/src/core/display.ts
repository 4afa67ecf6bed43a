/** The reader's display settings; public/display.js applies them before the first paint. */
import { reactive, readonly } from 'vue'

export type Theme = 'light' | 'dark' | 'contrast'
export type FontSize = 'standard' | 'large' | 'xlarge'
export interface Display { theme: Theme, font: FontSize }

const KEY = 'sihao.display'

function current(): Display {
  const { theme, font } = document.documentElement.dataset
  return { theme: (theme as Theme | undefined) ?? 'light', font: (font as FontSize | undefined) ?? 'standard' }
}

const state = reactive<Display>(current())
export const display = readonly(state)

export function setDisplay(change: Partial<Display>): void {
  Object.assign(state, change)
  const root = document.documentElement
  root.dataset.theme = state.theme
  if (state.font === 'standard') delete root.dataset.font
  else root.dataset.font = state.font
  localStorage.setItem(KEY, JSON.stringify(state))
}
