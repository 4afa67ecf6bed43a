/** Scores are decimal strings, exact at any length; nothing here ever becomes a float. */

interface Scaled { units: bigint, scale: number }

function parse(text: string): Scaled {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (!match) throw new RangeError(`not a decimal: ${text}`)
  const [, sign, whole, fraction = ''] = match
  const units = BigInt(whole! + fraction)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

function render({ units, scale }: Scaled): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits
  return units < 0n ? `-${text}` : text
}

function align(a: string, b: string): [bigint, bigint, number] {
  const [left, right] = [parse(a), parse(b)]
  const scale = Math.max(left.scale, right.scale)
  return [left.units * 10n ** BigInt(scale - left.scale), right.units * 10n ** BigInt(scale - right.scale), scale]
}

export function isDecimal(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim())
}

export function add(a: string, b: string): string {
  const [left, right, scale] = align(a, b)
  return render({ units: left + right, scale })
}

export function subtract(a: string, b: string): string {
  const [left, right, scale] = align(a, b)
  return render({ units: left - right, scale })
}

/** Unit price × count: `times('0.80', 3)` is `'2.40'`. */
export function times(a: string, count: number): string {
  const { units, scale } = parse(a)
  return render({ units: units * BigInt(count), scale })
}

export function sum(all: string[]): string {
  return all.reduce(add, '0')
}

/** Negative, zero or positive, for sorting. */
export function compare(a: string, b: string): number {
  const [left, right] = align(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

export function isZero(text: string): boolean {
  return parse(text).units === 0n
}

/** At least two places, more only where they say something: 90 → 90.00, 91.125 → 91.125, 0.3100 → 0.31. Rounds nothing. */
export function score(text: string): string {
  const { units, scale } = parse(text)
  if (scale < 2) return render({ units: units * 10n ** BigInt(2 - scale), scale: 2 })
  return render({ units, scale }).replace(/(\.\d\d)(\d*?)0+$/, '$1$2')
}

/** With its sign, as differences are read: +1.20, −2.40, 0.00. */
export function signed(text: string): string {
  const shown = score(text)
  if (isZero(text)) return shown.replace('-', '')
  return shown.startsWith('-') ? `−${shown.slice(1)}` : `+${shown}`
}

/** Which of `steps` equal bands of `full` the figure lies in, 1 (low) … steps (high); for heat cells. */
export function band(text: string, full: string, steps: number): number {
  const [part, whole] = align(text, full)
  if (whole <= 0n || part <= 0n) return 1
  const step = Number((part * BigInt(steps)) / whole) + 1
  return Math.min(step, steps)
}
