/** The files of a list that was just handed in: its receipt sends them up without their being chosen and read again. */
import { shallowRef } from 'vue'
import { owner } from '@/core/owner'
import type { Chosen } from './model'

const last = shallowRef<{ manifest: string, owner: string, rows: readonly Chosen[] }>()

export function keepFiles(manifest: string, rows: readonly Chosen[]): void {
  last.value = { manifest, owner: owner.id, rows }
}

export const filesFor = (manifest: string): readonly Chosen[] => (last.value?.manifest === manifest && last.value.owner === owner.id ? last.value.rows : [])

export function dropFiles(): void {
  last.value = undefined
}
