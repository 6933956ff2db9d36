import { expect, test } from 'vitest'
import { SHAPES, labelOf } from './tileLabels.ts'

const box = (width: number, height: number) => ({ x0: 0, y0: 0, x1: width / SHAPES.wide.width, y1: height / SHAPES.wide.height })

test('a large tile always shows name and figure in one line each', () => {
  expect(labelOf('Champions', '€147K', box(430, 200), 'wide')).toEqual({ name: [{ text: 'Champions', from: null }], figure: { text: '€147K', from: null } })
})

test('a narrow tile breaks a name of two words where that lets it be drawn earlier', () => {
  const { name } = labelOf('Potential loyalists', '€21K', box(150, 200), 'wide')
  expect(name.map(({ text }) => text)).toEqual(['Potential', 'loyalists'])
})

test('a Chinese name breaks before its last words of two characters', () => {
  const lines = (name: string) => labelOf(name, '1', box(72, 200), 'wide').name.map(({ text }) => text)
  expect(lines('潜在忠诚客户')).toEqual(['潜在忠诚', '客户'])
  expect(lines('有潜力客户')).toEqual(['有潜力', '客户'])
  expect(lines('VIP客户')).toEqual(['VIP客户'])
})

test('what fits only in a wider container says from which on; the figure is never drawn without the name', () => {
  for (let width = 20; width <= 400; width += 10) {
    for (let height = 10; height <= 200; height += 10) {
      const { name, figure } = labelOf('Need attention', '€20.3K', box(width, height), 'wide')
      const drawn = [...name, ...(figure === null ? [] : [figure])]
      for (const { from } of drawn) expect([null, 720, 960, 1240]).toContain(from)
      expect(figure === null || name.length > 0).toBe(true)
      expect(figure?.from ?? 0).toBeGreaterThanOrEqual(figure === null ? 0 : (name[0]?.from ?? 0))
    }
  }
})

test('a tile lower than a line or narrower than a word shows nothing', () => {
  expect(labelOf('Champions', '€147K', box(400, 20), 'wide')).toEqual({ name: [], figure: null })
  expect(labelOf('Champions', '€147K', box(20, 300), 'wide')).toEqual({ name: [], figure: null })
})

test('a Han character takes the room of its height', () => {
  const latin = labelOf('abcdef', '1', box(100, 34), 'wide').name[0]
  const han = labelOf('最近半年客户', '1', box(100, 34), 'wide').name[0]
  expect(han?.from ?? 0).toBeGreaterThan(latin?.from ?? 0)
})
