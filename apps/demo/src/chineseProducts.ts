import type { DemoShop } from '@crm/example-demo-shop'
import type { ProductText, ProductTexts } from '@crm/react/recommend'

const texts = new Map<string, ProductText>()

/** Remembers what the products of the made-up shop are called in Chinese: its data have both, the kit shows one. */
export function keepChineseProducts({ columns }: DemoShop['data']['products']): void {
  const textOf = (name: 'productId' | 'nameZh' | 'categoryZh', row: number): string | undefined => {
    const column = columns[name]
    return column?.kind === 'text' ? column.dictionary[column.codes[row] ?? -1] : undefined
  }
  const { productId } = columns
  if (productId?.kind !== 'text') return
  for (let row = 0; row < productId.codes.length; row += 1) texts.set(textOf('productId', row) ?? '', { name: textOf('nameZh', row), category: textOf('categoryZh', row) })
}

export const chineseProduct: ProductTexts = (id) => texts.get(id)
