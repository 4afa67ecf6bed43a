/** Chinese words for codes of the domain. Records are complete by type: a code without its word does not compile. */
import type { View } from '@/core/session'

export const VIEW: Record<View, string> = { unit: '本单位', committee: '工委', leadership: '领导', admin: '管理', receiver: '有关部门' }
