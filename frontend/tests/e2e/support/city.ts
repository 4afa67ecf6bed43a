/**
 * The city over the API, as one of its people: finds units for a journey, and does what happens off its stage.
 * Units are known by the number in their accounts (`unit07.lead`).
 */
export interface Row { id: string, state: string, version: number, unit_id: string, unit_name: string }
interface Page<T> { items: T[] }

const API = '/api/v1'
const PASSWORD = process.env.SIHAO_DEMO_PASSWORD ?? ''

async function answerOf(answer: Response): Promise<unknown> {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}: ${text}`)
  return text ? JSON.parse(text) : undefined
}

/** Somebody with a session of his own. */
export class Somebody {
  private constructor(readonly token: string) {}

  static async called(name: string): Promise<Somebody> {
    const answer = await fetch(`${process.env.SIHAO_E2E_URL}${API}/auth/login`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name, password: PASSWORD }),
    })
    return new Somebody(((await answerOf(answer)) as { access_token: string }).access_token)
  }

  async get<T>(path: string): Promise<T> {
    return await answerOf(await fetch(`${process.env.SIHAO_E2E_URL}${API}${path}`, { headers: { Authorization: `Bearer ${this.token}` } })) as T
  }

  async write<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: object, version?: number): Promise<T> {
    const headers: Record<string, string> = { 'Authorization': `Bearer ${this.token}`, 'Content-Type': 'application/json', 'Idempotency-Key': `${Date.now()}-${Math.random()}` }
    if (version !== undefined) headers['If-Match'] = `"${version}"`
    return await answerOf(await fetch(`${process.env.SIHAO_E2E_URL}${API}${path}`, { method, headers, body: JSON.stringify(body) })) as T
  }

  /** Makes a transition on the thing at the address as it is now. */
  async move<T>(path: string, name: string, opinion = ''): Promise<T> {
    const { version } = await this.get<{ version: number }>(path)
    return this.write<T>('POST', `${path}/${name}`, { opinion }, version)
  }

  /** Every row of a list, as far as one page goes. */
  async list<T = Row>(path: string): Promise<T[]> {
    return (await this.get<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}limit=200`)).items
  }

  /** The running year and the one before it. */
  async years(): Promise<{ id: string, year: number }[]> {
    return this.list('/campaigns?sort=-year')
  }
}

/** `unit07.lead`, or `unit07` for the whole unit. */
export const account = (number: number, role: string): string => `unit${String(number).padStart(2, '0')}.${role}`

/** The numbers of all units by their ids. */
export async function numbers(somebody: Somebody): Promise<Map<string, number>> {
  const units = await somebody.list<{ id: string, sort_order: number }>('/units?kind=unit')
  return new Map(units.map(one => [one.id, one.sort_order]))
}

/** Numbers of the units whose plan or report of the running year is a draft, which the committee does not see. */
export async function drafting(resource: 'plans' | 'self-reports'): Promise<number[]> {
  const officer = await Somebody.called('officer')
  const [year] = await officer.years()
  const [units, seen] = await Promise.all([numbers(officer), officer.list(`/${resource}?campaign_id=${year!.id}`)])
  const hidden = [...units].filter(([id]) => !seen.some(one => one.unit_id === id)).map(([, number]) => number)
  const drafts = []
  for (const number of hidden) {
    const [own] = await (await Somebody.called(account(number, 'office'))).list(`/${resource}?campaign_id=${year!.id}`)
    if (own?.state === 'draft') drafts.push(number)
    if (drafts.length === 3) break
  }
  return drafts
}
