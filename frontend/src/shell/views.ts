/** What the views are called. Apart from the domain's other words, which the first page does without. */
import type { View } from '@/core/session'

export const VIEW: Record<View, string> = { unit: '本单位', committee: '工委', leadership: '领导', admin: '管理', receiver: '有关部门' }
