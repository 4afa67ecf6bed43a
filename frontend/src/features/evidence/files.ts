/** The files of one piece, place by place: what stands, what is to come, what newer ones have replaced. */
import type { EvidencePublic, FilePublic } from '@/core/api/schema'

export interface Place {
  position: number
  /** The file that counts now. */
  current?: FilePublic
  /** Registered, the bytes have not come. */
  coming: FilePublic[]
  /** The latest first. */
  older: FilePublic[]
}

export function placesOf({ files, revisions }: Pick<EvidencePublic, 'files' | 'revisions'>): Place[] {
  const places = new Map<number, Place>()
  const at = (position: number) => {
    const place = places.get(position) ?? { position, coming: [], older: [] }
    places.set(position, place)
    return place
  }
  for (const one of files) {
    if (one.received_at) at(one.position).current = one
    else at(one.position).coming.push(one)
  }
  for (const one of revisions) at(one.position).older.push(one)
  for (const place of places.values()) place.older.sort((a, b) => (b.received_at ?? '').localeCompare(a.received_at ?? ''))
  return [...places.values()].sort((a, b) => a.position - b.position)
}

/** Which of the files that are to come these are: by name, else one for one in order. */
export function matched(files: readonly File[], coming: readonly FilePublic[]): { file: File, slot: FilePublic | undefined }[] {
  const left = [...coming]
  const take = (place: number) => (place < 0 ? undefined : left.splice(place, 1)[0])
  const named = files.map(file => ({ file, slot: take(left.findIndex(one => one.file_name === file.name)) }))
  return named.map(({ file, slot }) => ({ file, slot: slot ?? left.shift() }))
}
