// Made from openapi.json by `npm run gen`. Do not edit.

export interface Operations {
  me_get: { path: undefined; query: undefined; body: undefined; answer: { id: string } }
}

export const routes = {
  me_get: ['GET', '/api/v1/me'],
} as const satisfies Record<keyof Operations, readonly [string, string]>
