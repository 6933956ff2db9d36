import { describe, expect, it } from 'vitest'
import { checkStrategy } from './checkStrategy.ts'
import { defaultStrategy } from './fitStrategy.ts'
import type { RecommendStrategy } from './recommend.types.ts'

const part = (weight: unknown) => ({ weight, strategy: { kind: 'popularity' } })

describe('checkStrategy', () => {
  it.each([
    defaultStrategy,
    { kind: 'customers', similarity: { measure: 'pearson', minSupport: 2, shrinkage: 100, significance: 50, negatives: 'keep', minSimilarity: -1 }, neighbours: 50, nearest: 'product', votes: 'weighted' },
    { kind: 'products', similarity: { measure: 'cosine', weighting: { method: 'bm25', k1: 1.2, b: 0.75 } }, halfLifeDays: null },
    { kind: 'popularity', windowDays: 90 },
    { kind: 'buyAgain', halfLifeDays: 0.5 },
    { kind: 'hybrid', parts: [part(0), part(2)] },
  ] as RecommendStrategy[])('takes $kind', (strategy) => {
    expect(() => checkStrategy(JSON.parse(JSON.stringify(strategy)) as RecommendStrategy)).not.toThrow()
  })

  it.each([
    ['no strategy', null, '`kind`'],
    ['an unknown kind', { kind: 'als' }, '`kind`'],
    ['a kind of Object.prototype', { kind: 'constructor' }, '`kind`'],
    ['k of 0', { kind: 'customers', neighbours: 0 }, '`neighbours`'],
    ['half a neighbour', { kind: 'products', neighbours: 1.5 }, '`neighbours`'],
    ['NaN neighbours', { kind: 'products', minNeighbours: NaN }, '`minNeighbours`'],
    ['an unknown measure', { kind: 'customers', similarity: { measure: 'manhattan' } }, '`measure`'],
    ['a similarity without measure', { kind: 'customers', similarity: {} }, '`measure`'],
    ['a negative shrinkage', { kind: 'products', similarity: { measure: 'cosine', shrinkage: -1 } }, '`shrinkage`'],
    ['an unknown weighting', { kind: 'products', similarity: { measure: 'cosine', weighting: 'idf' } }, '`weighting`'],
    ['b beyond 1', { kind: 'products', similarity: { measure: 'cosine', weighting: { method: 'bm25', b: 2 } } }, '`b`'],
    ['a half-life of 0', { kind: 'buyAgain', halfLifeDays: 0 }, '`halfLifeDays`'],
    ['a half-life as text', { kind: 'popularity', halfLifeDays: '60' }, '`halfLifeDays`'],
    ['an endless window', { kind: 'popularity', windowDays: Infinity }, '`windowDays`'],
    ['a member that is misspelt', { kind: 'customers', neighbors: 10 }, '`neighbors`'],
    ['a member of another kind', { kind: 'buyAgain', neighbours: 10 }, '`neighbours`'],
    ['a misspelt member of a similarity', { kind: 'products', similarity: { measure: 'cosine', support: 2 } }, '`support`'],
    ['a misspelt member of a part', { kind: 'hybrid', parts: [{ weight: 1, strategy: { kind: 'buyAgain' }, name: 'x' }] }, '`name`'],
    ['a hybrid without parts', { kind: 'hybrid', parts: [] }, '`parts`'],
    ['a hybrid in a hybrid', { kind: 'hybrid', parts: [{ weight: 1, strategy: { kind: 'hybrid', parts: [part(1)] } }] }, 'hybrid'],
    ['a part that is wrong', { kind: 'hybrid', parts: [{ weight: 1, strategy: { kind: 'customers', neighbours: 0 } }] }, '`neighbours`'],
  ])('refuses %s, in three sentences that name it', (_, strategy, named) => {
    const check = () => checkStrategy(strategy as unknown as RecommendStrategy)
    expect(check).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(named) }))
    expect(check).toThrow(/^[^.]+(?:\.\d[^.]*)*\. [A-Z][^.]+\. [A-Z][^.]+\.$/)
  })

  it.each([[[-1, 2]], [[0, 0]], [[NaN, 1]], [[Infinity, 1]], [['1', 1]]])('refuses the weights %j', (weights) => {
    expect(() => checkStrategy({ kind: 'hybrid', parts: weights.map(part) } as unknown as RecommendStrategy)).toThrow(expect.objectContaining({ code: 'WEIGHTS_INVALID' }))
  })
})
