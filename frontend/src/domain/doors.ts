/** Figures are doors: the API's list that a figure counts → the page that shows this list to whoever looks. */
import { useRouter } from 'vue-router'
import { useSession, type View } from '@/core/session'

const API = '/api/v1'

/** Lists by their address → their page in each view that has one. Filters are called alike in both. */
const PAGES: Record<string, Partial<Record<View, string>>> = {
  'units': { committee: '/c/ledgers', leadership: '/l' },
  'plans': { unit: '/u/plan', committee: '/c/plans' },
  'plans/{id}/problems': { unit: '/u/problems' },
  'problems': { unit: '/u/problems' },
  'measures': { unit: '/u/problems' },
  'ledger-entries': { unit: '/u/ledgers', committee: '/c/ledgers' },
  'self-reports': { unit: '/u/report', committee: '/c/reports', leadership: '/l/self-reports' },
  'inspections': { unit: '/u/inspection', committee: '/c/inspections', leadership: '/l/inspections' },
  'objections': { unit: '/u/inspection', committee: '/c/objections' },
  'results': { unit: '/u/result', committee: '/c/results', leadership: '/l' },
  'dashboards/heat': { leadership: '/l' },
  'interviews': { committee: '/c/interviews' },
  'rectifications': { unit: '/u/rectifications', committee: '/c/rectifications', leadership: '/l/rectifications' },
  'referrals': { committee: '/c/referrals', leadership: '/l/referrals', receiver: '/d/referrals' },
  'documents': { unit: '/u/documents', committee: '/c/documents', leadership: '/l/documents' },
  'complaints': { committee: '/c/complaints' },
}
const ID = /\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\/|$)/
/** On the leadership's one page, what a figure counts is the table. */
const TABLE = '#heat'

/** `/api/v1/plans?state=filed&campaign_id=…` → `/c/plans?state=filed&campaign_id=…`; undefined where no page shows it. */
export function pageOf(list: string, view: View): string | undefined {
  const [address = '', filters] = list.split('?')
  const page = PAGES[address.slice(API.length + 1).replace(ID, '/{id}')]?.[view]
  return page && `${page}${filters ? `?${filters}` : ''}${page === '/l' ? TABLE : ''}`
}

/** Looks behind doors: whether a page exists, and is open to whoever is signed in. */
export function useDoors() {
  const router = useRouter()
  const session = useSession()

  /** The page itself if it may be opened, else nothing: then its link is plain text. */
  function open(page: string | undefined): string | undefined {
    if (!page) return undefined
    const { name, meta } = router.resolve(page)
    const isMine = (!meta.view || session.views.includes(meta.view)) && (!meta.who || session.hasRole(...meta.who))
    return name !== 'missing' && isMine ? page : undefined
  }
  return { open, openList: (list: string | null | undefined, view: View) => open(list ? pageOf(list, view) : undefined) }
}
