/**
 * A real OpenID provider for journeys and for the back end's tests: `node provider.mjs PORT CALLBACK [ALGORITHM]`.
 * Whoever gives a name and the password `provider` is signed in under that name; it says `ready` when it listens.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import Provider from 'oidc-provider'

const [port = '', callback = '', algorithm = 'RS256'] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const PASSWORD = 'provider'

const keys = [
  { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid: 'rsa', use: 'sig', alg: 'RS256' },
  { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid: 'ec', use: 'sig', alg: 'ES256' },
]

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'sihao',
    client_secret: 'a secret of the provider & ours',
    redirect_uris: [callback],
    id_token_signed_response_alg: algorithm,
  }],
  jwks: { keys },
  cookies: { keys: ['for tests'] },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/door/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id}（平台）`, preferred_username: id }) }),
  // Nobody is asked for consent: the provider and the product belong to one administration.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
    grant.addOIDCScope('openid profile')
    await grant.save()
    return grant
  },
})

const form = `<!doctype html><html lang="zh-CN"><title>统一身份认证平台</title><main><h1>统一身份认证平台</h1>
<form method="post"><label>用户名 <input name="login"></label> <label>口令 <input name="password" type="password"></label>
<button>登录平台</button></form></main></html>`

const answer = provider.callback()
createServer(async (request, response) => {
  if (request.url === '/favicon.ico') return response.writeHead(204).end()
  if (!request.url?.startsWith('/door/')) return answer(request, response)
  await provider.interactionDetails(request, response)
  const given = new URLSearchParams(request.method === 'POST' ? await text(request) : '')
  if (given.get('password') === PASSWORD) {
    return provider.interactionFinished(request, response, { login: { accountId: given.get('login') ?? '' } })
  }
  return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(form)
}).listen(Number(port), '127.0.0.1', () => console.log('ready'))
