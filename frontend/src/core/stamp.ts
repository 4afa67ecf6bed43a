/** Now, to the second, as it is told to an administrator: 2026/11/24 19:40:02. By itself, for the first page needs no more of `dates`. */
export const stamp = (): string => new Date().toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })
