import { expect, it } from 'vitest'
import { checkFilters } from './checkFilters.ts'
import type { RecommendFilters } from './recommend.types.ts'

it.each([
  ['a misspelt filter', { instock: true }, '`instock`'],
  ['categories as a list', { categories: ['tea'] }, '`categories` must be { allow, deny }'],
  ['a misspelt list of categories', { categories: { allowed: ['tea'] } }, '`allowed`'],
  ['a misspelt price', { price: { minimum: 5 } }, '`minimum`'],
  ['days that are no number', { bought: { notWithinDays: '90' } }, '`bought`'],
])('refuses %s, in three sentences that name it', (_, filters, named) => {
  expect(() => checkFilters(filters as unknown as RecommendFilters)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(named) }),
  )
})

it('takes every filter there is', () => {
  const all: Required<RecommendFilters> = {
    bought: { notWithinDays: 90 }, inStock: true, categories: { allow: ['tea'], deny: ['mugs'] }, price: { min: 1, max: 2 },
    allow: ['a'], deny: ['b'], dismissed: ['c'], perCategory: 2, diversity: 0.3,
  }
  expect(() => checkFilters(all)).not.toThrow()
})
