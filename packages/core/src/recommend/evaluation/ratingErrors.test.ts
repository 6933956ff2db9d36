import { expect, test } from 'vitest'
import { ratingErrors } from './ratingErrors.ts'

test('errors of 1, -2 and 2 have an RMSE of the root of 3 and a MAE of 5/3', () => {
  const { count, rmse, mae } = ratingErrors([4, 1, 5], Float64Array.of(3, 3, 3))
  expect([count, rmse]).toEqual([3, Math.sqrt(3)])
  expect(mae).toBeCloseTo(5 / 3, 15)
})

test('no pairs have no error', () => {
  expect(ratingErrors([], [])).toEqual({ count: 0, rmse: 0, mae: 0 })
})

test('refuses lists of two lengths, and names the pair that is no number', () => {
  expect(() => ratingErrors([1], [])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
  expect(() => ratingErrors([1, NaN], [1, 2])).toThrow(expect.objectContaining({ code: 'VALUE_NOT_FINITE', details: { index: 1 } }))
  expect(() => ratingErrors([1], [Infinity])).toThrow(expect.objectContaining({ code: 'VALUE_NOT_FINITE' }))
})
