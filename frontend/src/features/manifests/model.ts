/** A list of files promised before the deadline: what folders say of items, what of the list the server takes, what is still to come. */
import type { Problem } from '@/core/api/problem'
import type { ManifestLine, ManifestLineRow, ManifestPublic } from '@/core/api/schema'

/** A file that was chosen. Rows are never changed, only replaced. */
export interface Chosen {
  path: string
  size: number
  codes: readonly string[]
  file: File
  /** Undefined until it is known. */
  sha256?: string | undefined
  /** The file could not be read when it was hashed. */
  isGone?: boolean
}

/** As many as one manifest takes. */
export const MOST_LINES = 50_000
const FOLDER = /^([A-Z]\d{1,2})(?![0-9A-Za-z])/i

/** Items by the folders a file lies in: `A13`, `A13-议事规则`, `a13 议事规则`; only items of the year's standard. */
export function codesOf(path: string, known: ReadonlySet<string>): string[] {
  const found = path.split('/').slice(0, -1).map(part => FOLDER.exec(part)?.[1]?.toUpperCase()).filter((code): code is string => code !== undefined && known.has(code))
  return [...new Set(found)]
}

/** The folder of a file; the empty word for files chosen by themselves. */
export const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/')

/** Adds what was chosen to what is there: the same path again takes its place, empty files stay out. */
export function withChosen(rows: readonly Chosen[], found: readonly { file: File, path: string }[], known: ReadonlySet<string>): Chosen[] {
  const byPath = new Map(rows.map(row => [row.path, row]))
  for (const { file, path } of found) {
    if (file.size) byPath.set(path, { path, size: file.size, codes: byPath.get(path)?.codes ?? codesOf(path, known), file })
  }
  return [...byPath.values()].sort((a, b) => a.path.localeCompare(b.path, 'zh-CN', { numeric: true }))
}

/** One row of the table: a folder with all that lies right in it, or one file. */
export interface Group { key: string, name: string, paths: string[], size: number, codes: readonly string[], isMixed: boolean }

const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join()

export function foldersOf(rows: readonly Chosen[]): Group[] {
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const folder = folderOf(row.path)
    const group = groups.get(folder)
    if (!group) {
      groups.set(folder, { key: `${folder}/`, name: folder || '单独选的文件', paths: [row.path], size: row.size, codes: row.codes, isMixed: false })
    } else {
      group.paths.push(row.path)
      group.size += row.size
      group.isMixed ||= !same(group.codes, row.codes)
    }
  }
  return [...groups.values()]
}

export const filesOf = (rows: readonly Chosen[]): Group[] => rows.map(({ path, size, codes }) => ({ key: path, name: path, paths: [path], size, codes, isMixed: false }))

export function withCodes(rows: readonly Chosen[], paths: ReadonlySet<string>, codes: readonly string[]): Chosen[] {
  return rows.map(row => (paths.has(row.path) ? { ...row, codes } : row))
}

/** What the list says, as the API takes it: files that were read. */
export function linesOf(rows: readonly Chosen[]): ManifestLine[] {
  return rows.flatMap(({ path, size, sha256, codes }) => (sha256 ? [{ path, size, sha256, codes: [...codes], kind: 'other' as const }] : []))
}

export interface Wrong { path: string, said: string }

/** Refusals of single lines, by their files: `/body/lines/12/codes/0`. */
export function wrongOf(problem: Problem | undefined, lines: readonly ManifestLine[]): Wrong[] {
  return (problem?.errors ?? []).flatMap(({ pointer, detail }) => {
    const line = lines[Number(/^\/body\/lines\/(\d+)/.exec(pointer)?.[1] ?? NaN)]
    return line ? [{ path: line.path, said: detail }] : []
  })
}

export type Awaited = Pick<ManifestLineRow, 'path' | 'size' | 'sha256' | 'evidence_id' | 'file_id'>

/** Files for the lines that wait: by content, whatever the file is called by now; where several are alike, the one of the line's path. */
export function matched(lines: readonly Awaited[], files: readonly Pick<Chosen, 'path' | 'sha256' | 'file'>[]): { line: Awaited, file: File }[] {
  const byHash = new Map<string, Pick<Chosen, 'path' | 'file'>[]>()
  for (const one of files) {
    if (one.sha256) byHash.set(one.sha256, [...byHash.get(one.sha256) ?? [], one])
  }
  return lines.flatMap((line) => {
    const alike = byHash.get(line.sha256)
    const found = alike?.find(one => one.path === line.path) ?? alike?.[0]
    return found ? [{ line, file: found.file }] : []
  })
}

export type Phase = 'open' | 'grace' | 'over' | 'none'

/** Where the clock stands: before the deadline, within the grace period for promised files, after it. */
export function phaseOf({ closes_at, grace_until, late }: Pick<ManifestPublic, 'closes_at' | 'grace_until' | 'late'>, now: number): Phase {
  if (!closes_at || !grace_until) return 'none'
  if (late || now > Date.parse(grace_until)) return 'over'
  return now <= Date.parse(closes_at) ? 'open' : 'grace'
}

const SECOND = 1000
const HOUR = 3_600_000
const DAY = 24 * HOUR
const two = (value: number) => String(Math.floor(value)).padStart(2, '0')

/** 3 天 4 小时, 4 小时 05 分, 09:07. */
export function leftOf(milliseconds: number): string {
  const left = Math.max(milliseconds, 0)
  if (left >= DAY) return `${Math.floor(left / DAY)} 天 ${Math.floor((left % DAY) / HOUR)} 小时`
  if (left >= HOUR) return `${Math.floor(left / HOUR)} 小时 ${two((left % HOUR) / 60_000)} 分`
  return `${two(left / 60_000)}:${two((left % 60_000) / SECOND)}`
}
