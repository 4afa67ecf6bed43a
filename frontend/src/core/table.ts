/** The URL is the state: filters, sort and page cursor of a list live in the query string. */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export type Sort = string

export function useTable<F extends string>(filters: readonly F[], standardSort = '') {
  const route = useRoute()
  const router = useRouter()
  const one = (name: string) => {
    const value = route.query[name]
    return (Array.isArray(value) ? value[0] : value) ?? ''
  }

  async function change(next: Record<string, string>): Promise<void> {
    const query = Object.entries({ ...route.query, ...next }).filter(([, value]) => value)
    await router.push({ query: Object.fromEntries(query) })
  }

  const values = computed(() => Object.fromEntries(filters.map(name => [name, one(name)])) as Record<F, string>)
  const sort = computed(() => one('sort') || standardSort)
  const cursor = computed(() => one('cursor'))
  /** Ready for `call`: empty ones are left out there. */
  const query = computed(() => ({ ...values.value, sort: sort.value || undefined, cursor: cursor.value || undefined }))

  /** Another filter or order starts at the first page again. */
  const setFilter = (name: F, value: string) => change({ [name]: value, cursor: '' })
  const setSort = (value: Sort) => change({ sort: value === standardSort ? '' : value, cursor: '' })
  const nextPage = (next: string) => change({ cursor: next })
  const firstPage = () => change({ cursor: '' })
  const clear = () => change(Object.fromEntries([...filters, 'cursor'].map(name => [name, ''])))
  const isFiltered = computed(() => filters.some(name => one(name)))
  return { values, sort, cursor, query, isFiltered, setFilter, setSort, nextPage, firstPage, clear }
}
