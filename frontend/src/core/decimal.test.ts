import { expect, test } from 'vitest'
import { add, band, compare, isDecimal, score, signed, subtract, sum, times } from './decimal'

test('sums are exact where floats are not', () => {
  expect(add('0.1', '0.2')).toBe('0.3')
  expect(sum(['72.760', '18.225'])).toBe('90.985')
  expect(subtract('25.00', '27.5')).toBe('-2.50')
  expect(times('0.80', 3)).toBe('2.40')
})

test('figures compare by value, not by text', () => {
  expect(compare('9.5', '10')).toBe(-1)
  expect(compare('2.50', '2.5')).toBe(0)
  expect(compare('-1', '-2')).toBe(1)
})

test.each([['90', '90.00'], ['91.125', '91.125'], ['-0.5', '-0.50'], ['0.3100', '0.31'], ['1.2050', '1.205'], ['2.0000', '2.00']])('%s is shown as %s', (text, shown) => {
  expect(score(text)).toBe(shown)
})

test.each([['1.2', '+1.20'], ['-2.40', '−2.40'], ['-0.00', '0.00']])('the difference %s is read as %s', (text, shown) => {
  expect(signed(text)).toBe(shown)
})

test.each([['0', 1], ['12.5', 5], ['25.00', 8], ['-3', 1]])('%s of 25 lies in band %i of 8', (text, level) => {
  expect(band(text, '25.00', 8)).toBe(level)
})

test('what is no decimal is refused', () => {
  expect(isDecimal('1e3')).toBe(false)
  expect(() => add('1', '一')).toThrow(RangeError)
})
