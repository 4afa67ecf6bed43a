/** Two people wrote on top of the same values: what each field becomes, and which only the person can settle. */

export type Values = Record<string, unknown>

/** Plain data by its content. */
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** A copy that shares nothing with plain data. */
export const clone = <V>(values: V): V => JSON.parse(JSON.stringify(values)) as V

/** The fields that were changed. */
export const changed = (base: object, mine: object): string[] =>
  Object.keys({ ...base, ...mine }).filter(key => !same((mine as Values)[key], (base as Values)[key]))

export interface Merged<V> {
  /** What only one side changed is that side's; where both did, mine until it is settled. */
  values: V
  /** Fields that both changed, each to something else. */
  both: string[]
}

/** `base` is what I began with, `theirs` what stands there now. */
export function merge<V extends object>(base: V, mine: V, theirs: V): Merged<V> {
  const [own, other] = [mine as Values, theirs as Values]
  const moved = changed(base, theirs)
  const touched = changed(base, mine)
  const taken = moved.filter(key => !touched.includes(key)).map(key => [key, other[key]])
  const both = moved.filter(key => touched.includes(key) && !same(other[key], own[key]))
  return { values: { ...mine, ...Object.fromEntries(taken) } as V, both }
}
