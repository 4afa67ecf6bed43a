/** What a browser calls itself, in words a person knows: `Edge，Windows`. */
const BROWSERS: [RegExp, string][] = [[/Edg\//, 'Edge'], [/QAXBrowser|Qaxbrowser/i, '奇安信浏览器'], [/360/, '360 浏览器'], [/Firefox\//, '火狐'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']]
const SYSTEMS: [RegExp, string][] = [[/UOS|Uniontech/i, '统信'], [/Kylin/i, '麒麟'], [/Windows/, 'Windows'], [/Android/, '安卓'], [/iPhone|iPad/, 'iOS'], [/Mac OS/, 'macOS'], [/Linux/, 'Linux']]

/** Where a sign-in at another place comes back to say that a proof is given, from a window of its own. */
export const PROOFS = 'sihao.proof'

/** An SVG document as an address that a picture shows: markup never becomes part of the page. */
export function pictureOf(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** A key in groups of four, as apps show it. */
export function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? ''
}

export function deviceOf(agent: string): string {
  const named = [BROWSERS, SYSTEMS].map(list => list.find(([pattern]) => pattern.test(agent))?.[1]).filter(Boolean)
  return named.join('，') || agent || '不明设备'
}
