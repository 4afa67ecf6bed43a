/** Work of which only so many pieces are done side by side; each lane goes on after a failure, which its own caller is told. */
export function useLanes(count: number) {
  const ends: Promise<unknown>[] = Array.from({ length: count }, () => Promise.resolve())
  let turn = 0
  return <T>(work: () => Promise<T>): Promise<T> => {
    const lane = turn++ % count
    const done = ends[lane]!.then(work)
    ends[lane] = done.catch(() => undefined)
    return done
  }
}
