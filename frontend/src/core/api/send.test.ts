import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { serve } from '../../../tests/server'
import { Problem } from './problem'
import { send } from './send'
import { keepToken, onExpired, onProof } from './token'

beforeEach(() => keepToken({ access_token: 'first', expires_in: 900 }))
afterEach(() => {
  vi.unstubAllGlobals()
  onExpired(() => Promise.resolve(false))
  onProof(() => Promise.resolve(false))
})
const failure = (work: Promise<unknown>) => work.then(() => { throw new Error('it should have failed') }, (error: unknown) => error as Problem)

test('a write carries token, version and key', async () => {
  const [asked] = [serve({ status: 200, body: { id: '1' }, headers: { etag: '"4"' } })]
  const { answer, etag } = await send('POST', '/api/v1/plans/1/sign', { body: { opinion: '' }, ifMatch: 3 })
  expect(answer).toEqual({ id: '1' })
  expect(etag).toBe('"4"')
  expect(asked[0]?.headers.get('authorization')).toBe('Bearer first')
  expect(asked[0]?.headers.get('if-match')).toBe('"3"')
  expect(asked[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
})

test('a lost answer keeps its key; a known one ends it', async () => {
  const asked = serve('lost', { status: 503 }, { status: 201, body: {} }, { status: 201, body: {} })
  const again = () => send('POST', '/api/v1/problems', { body: { title: '一' } })
  expect((await failure(again())).isUnanswered).toBe(true)
  expect((await failure(again())).status).toBe(503)
  await again()
  await again()
  const keys = asked.map(one => one.headers.get('idempotency-key'))
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).toBe(keys[0])
  expect(keys[3]).not.toBe(keys[0])
})

test('another body is another intention', async () => {
  const asked = serve('lost', { status: 201, body: {} })
  await failure(send('POST', '/api/v1/problems', { body: { title: '甲' } }))
  await send('POST', '/api/v1/problems', { body: { title: '乙' } })
  expect(asked[1]?.headers.get('idempotency-key')).not.toBe(asked[0]?.headers.get('idempotency-key'))
})

test('a 401 is repaired by the cookie and the same request goes again', async () => {
  const asked = serve({ status: 401 }, { status: 200, body: { access_token: 'second', expires_in: 900 } }, { status: 200, body: { ok: true } })
  await send('POST', '/api/v1/problems', { body: {} })
  expect(asked.map(one => one.url)).toEqual(['/api/v1/problems', '/api/v1/auth/refresh', '/api/v1/problems'])
  expect(asked[2]?.headers.get('authorization')).toBe('Bearer second')
  expect(asked[2]?.headers.get('idempotency-key')).toBe(asked[0]?.headers.get('idempotency-key'))
})

test('without a cookie the person is asked, and giving up lets the 401 through', async () => {
  serve({ status: 401 }, { status: 401 })
  const ask = vi.fn(() => Promise.resolve(false))
  onExpired(ask)
  expect((await failure(send('GET', '/api/v1/plans'))).status).toBe(401)
  expect(ask).toHaveBeenCalledOnce()
})

test('an aged proof is asked for over the page, and the very same request goes again, once', async () => {
  const wanted = { status: 403, body: { code: 'auth.step_up' } }
  const asked = serve(wanted, { status: 201, body: { ok: true } }, wanted, wanted)
  onProof(() => { keepToken({ access_token: 'proved', expires_in: 900 }); return Promise.resolve(true) })
  await send('POST', '/api/v1/people', { body: { name: '甲' }, ifMatch: 3 })
  expect(asked[1]?.headers.get('authorization')).toBe('Bearer proved')
  expect(asked[1]?.headers.get('if-match')).toBe('"3"')
  expect(asked[1]?.headers.get('idempotency-key')).toBe(asked[0]?.headers.get('idempotency-key'))
  expect((await failure(send('POST', '/api/v1/people', { body: {} }))).code).toBe('auth.step_up')
  expect(asked).toHaveLength(4)
})

test('a proof that is not given lets the refusal through', async () => {
  serve({ status: 403, body: { code: 'auth.step_up' } })
  onProof(() => Promise.resolve(false))
  expect((await failure(send('POST', '/api/v1/people', { body: {} }))).code).toBe('auth.step_up')
})

test.each(['auth.wrong', 'auth.totp.wrong', 'auth.totp.needed'])('a guess that was wrong (%s) is not sent twice', async (code) => {
  const asked = serve({ status: 401, body: { code } })
  expect((await failure(send('POST', '/api/v1/auth/step-up', { body: {} }))).code).toBe(code)
  expect(asked).toHaveLength(1)
})

test('a server that is down signs nobody out', async () => {
  serve({ status: 401 }, { status: 503 })
  const ask = vi.fn(() => Promise.resolve(false))
  onExpired(ask)
  expect((await failure(send('GET', '/api/v1/plans'))).isUnanswered).toBe(true)
  expect(ask).not.toHaveBeenCalled()
})

test('requests that fail together renew once', async () => {
  const asked = serve({ status: 401 }, { status: 401 }, { status: 200, body: { access_token: 'second', expires_in: 900 } }, { status: 200, body: 1 }, { status: 200, body: 2 })
  await Promise.all([send('GET', '/api/v1/plans'), send('GET', '/api/v1/units')])
  expect(asked.filter(one => one.url.endsWith('/refresh'))).toHaveLength(1)
})

test('a problem keeps its sentence, pointers, number and current ETag', async () => {
  serve({ status: 412, headers: { etag: '"9"' }, body: { detail: '办公室 14:30 改过', code: 'stale', trace_id: 't-1', errors: [], changed_by: '办公室' } })
  const problem = await failure(send('PATCH', '/api/v1/plans/1', { body: {}, ifMatch: 1 }))
  expect(problem).toMatchObject({ status: 412, code: 'stale', traceId: 't-1', etag: '"9"', message: '办公室 14:30 改过', isStale: true })
  expect(problem.more.changed_by).toBe('办公室')
})
