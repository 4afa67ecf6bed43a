/** OpenAPI 3.1 → TypeScript: one type per component, one entry per operation. Pure text, no dependency. */

interface Schema {
  $ref?: string
  type?: string | string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  required?: string[]
  description?: string
  default?: unknown
}
interface Parameter { name: string, in: string, required?: boolean, schema?: Schema }
interface Content { content?: Record<string, { schema?: Schema }> }
interface Operation {
  operationId?: string
  parameters?: Parameter[]
  requestBody?: Content & { required?: boolean }
  responses: Record<string, Content>
}
export interface Document {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const SCALARS: Record<string, string> = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' }

/** `Page_PlanPublic_` and `Page[PlanPublic]` become `PageOfPlanPublic`. */
function spelled(raw: string): string {
  return raw.replace(/\[(\w+)\]|_(\w+?)_$/g, 'Of$1$2').replace(/[^A-Za-z0-9_$]/g, '')
}

/** `sihao__results__schemas__Line` where two slices have a `Line`: told apart by the slice, `ResultsLine`. */
function typeName(raw: string): string {
  const parts = raw.split('__')
  const slice = parts.length > 2 ? parts[1]! : ''
  return slice.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase()) + spelled(parts.at(-1)!)
}

function propertyKey(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name)
}

function union(parts: string[]): string {
  return [...new Set(parts)].join(' | ')
}

function typeOf(schema: Schema | boolean | undefined, pad: string): string {
  if (schema === undefined || typeof schema === 'boolean') return 'unknown'
  if (schema.$ref) return typeName(schema.$ref.split('/').at(-1)!)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return union(choices.map(one => typeOf(one, pad)))
  if (schema.allOf) return schema.allOf.map(one => typeOf(one, pad)).join(' & ')
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return union(schema.enum.map(value => JSON.stringify(value)))
  if (Array.isArray(schema.type)) return union(schema.type.map(type => typeOf({ ...schema, type }, pad)))
  if (schema.type === 'array') {
    const item = typeOf(schema.items, pad)
    return /[|&]/.test(item) ? `(${item})[]` : `${item}[]`
  }
  if (schema.type === 'object' || schema.properties) {
    return schema.properties ? objectOf(schema, pad) : `Record<string, ${typeOf(schema.additionalProperties, pad)}>`
  }
  if (schema.type === undefined) return 'unknown'
  const scalar = SCALARS[schema.type]
  if (!scalar) throw new Error(`OpenAPI construct not handled: ${JSON.stringify(schema).slice(0, 200)}`)
  return scalar
}

/** `answers`: what has a default is always there. In what is sent, it may be left out. */
function objectOf(schema: Schema, pad: string, answers = false): string {
  const required = new Set(schema.required)
  const inner = `${pad}  `
  const lines = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const note = property.description ? `${inner}/** ${property.description.replace(/\s+/g, ' ').replaceAll('*/', '* /')} */\n` : ''
    return `${note}${inner}${propertyKey(name)}${required.has(name) || (answers && 'default' in property) ? '' : '?'}: ${typeOf(property, inner)}`
  })
  return lines.length ? `{\n${lines.join('\n')}\n${pad}}` : 'Record<string, never>'
}

function parametersOf(operation: Operation, place: string): string {
  const own = (operation.parameters ?? []).filter(one => one.in === place)
  if (!own.length) return 'undefined'
  return `{ ${own.map(one => `${propertyKey(one.name)}${one.required ? '' : '?'}: ${typeOf(one.schema, '  ')}`).join('; ')} }`
}

function contentOf(part: Content | undefined): string {
  const media = part?.content
  if (!media) return 'undefined'
  if (media['application/json']) return typeOf(media['application/json'].schema, '  ')
  if (media['multipart/form-data']) return 'FormData'
  if (media['application/x-www-form-urlencoded']) return 'URLSearchParams'
  return 'Blob'
}

/** Names of all components that can occur in a request's body. */
function sentSchemas(document: Document): Set<string> {
  const components = document.components?.schemas ?? {}
  const sent = new Set<string>()
  const visit = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (sent.has(name!)) continue
      sent.add(name!)
      visit(components[name!])
    }
  }
  for (const methods of Object.values(document.paths)) for (const operation of Object.values(methods)) visit(operation.requestBody)
  return sent
}

/** The whole of `schema.ts` for one document. Throws where an operation has no id or a construct is unknown. */
export function render(document: Document): string {
  const sent = sentSchemas(document)
  const types = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, schema]) =>
    Object.keys(schema.properties ?? {}).length ? `export interface ${typeName(name)} ${objectOf(schema, '', !sent.has(name))}` : `export type ${typeName(name)} = ${typeOf(schema, '')}`)
  const operations: string[] = []
  const routes: string[] = []
  for (const [path, methods] of Object.entries(document.paths).sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const method of METHODS) {
      const operation = methods[method]
      if (!operation) continue
      if (!operation.operationId) throw new Error(`${method} ${path} has no operationId`)
      const good = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))
      operations.push(`  ${operation.operationId}: { path: ${parametersOf(operation, 'path')}; query: ${parametersOf(operation, 'query')}; `
        + `body: ${contentOf(operation.requestBody)}; answer: ${contentOf(good?.[1])} }`)
      routes.push(`  ${operation.operationId}: ['${method.toUpperCase()}', '${path}'],`)
    }
  }
  return [
    '// Made from openapi.json by `npm run gen`. Do not edit.', '',
    ...types.flatMap(one => [one, '']),
    'export interface Operations {', ...operations, '}', '',
    'export const routes = {', ...routes, '} as const satisfies Record<keyof Operations, readonly [string, string]>', '',
  ].join('\n')
}
