/** Which page shows a find to whoever is signed in. */
import type { Find } from '@/core/api/schema'
import { useRead } from '@/core/query'
import { useSession } from '@/core/session'
import { useDoors } from '@/domain/doors'
import { pagesOf } from './model'

export function useFinds() {
  const session = useSession()
  const doors = useDoors()
  const years = useRead('campaign_list', { query: { sort: '-year', limit: 20 } })
  const yearOf = (find: Find) => years.data.value?.items.find(one => one.id === find.campaign_id)?.year
  const pageOf = (find: Find) => pagesOf(find, session.me?.unit?.id, yearOf(find)).map(one => doors.open(one)).find(Boolean)
  return { pageOf, yearOf }
}
