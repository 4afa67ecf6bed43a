/**
 * Idempotency keys: one per intended POST, kept until an answer is known, so that sending the same thing
 * again after a lost answer (or a double click) cannot do it twice.
 */

const pending = new Map<string, string>()

/** 128 random bits as hex; `crypto.randomUUID` is missing on plain-HTTP intranet names. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/** The key for this request: the one an unanswered twin used, or a new one. */
export function keyFor(request: string): string {
  const key = pending.get(request) ?? newKey()
  pending.set(request, key)
  return key
}

/** An answer is known: the next POST with the same content is a new intention. */
export function settle(request: string): void {
  pending.delete(request)
}
