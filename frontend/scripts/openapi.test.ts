import { expect, test } from 'vitest'
import { render } from './openapi.ts'

const DOCUMENT = {
  paths: {
    '/api/v1/plans/{plan_id}': {
      patch: {
        operationId: 'plans_update',
        parameters: [
          { name: 'plan_id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/PlanUpdate' } } } },
        responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Page_Plan_' } } } }, 422: {} },
      },
    },
  },
  components: {
    schemas: {
      Page_Plan_: { type: 'object', properties: { items: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, total: { type: 'integer', default: 0 } }, required: ['items'] },
      PlanUpdate: { type: 'object', properties: { goals: { type: 'string', description: 'R9 */' }, state: { enum: ['draft', 'filed'] }, note: { type: 'string', default: '' } }, required: ['goals'] },
      PlanState: { type: 'string', enum: ['draft', 'filed'] },
    },
  },
}

test('an operation becomes one line of types and one address', () => {
  const made = render(DOCUMENT)
  expect(made).toContain('plans_update: { path: { plan_id: string }; query: undefined; body: PlanUpdate; answer: PageOfPlan }')
  expect(made).toContain("plans_update: ['PATCH', '/api/v1/plans/{plan_id}'],")
})

test('components become types, optional where they may be missing', () => {
  const made = render(DOCUMENT)
  expect(made).toContain('items: (string | null)[]')
  expect(made).toContain('state?: "draft" | "filed"')
  expect(made).toContain('export type PlanState = "draft" | "filed"')
  expect(made).toContain('/** R9 * / */')
})

test('types that two slices name alike are told apart', () => {
  const schema = { type: 'string' }
  const made = render({ paths: {}, components: { schemas: { sihao__self_reports__schemas__Line: schema, sihao__results__schemas__Line: schema } } })
  expect(made).toContain('export type SelfReportsLine = string')
  expect(made).toContain('export type ResultsLine = string')
})

test('a default is always there in an answer, and may be left out of a body', () => {
  const made = render(DOCUMENT)
  expect(made).toContain('total: number')
  expect(made).toContain('note?: string')
})

test('a body without a field is a type of nothing', () => {
  const made = render({ paths: {}, components: { schemas: { ReceiptBody: { type: 'object', properties: {} } } } })
  expect(made).toContain('export type ReceiptBody = Record<string, never>')
})

test('an operation without an id is refused', () => {
  expect(() => render({ paths: { '/x': { get: { responses: {} } } } })).toThrow('get /x has no operationId')
})
