import type { Preferences } from './recommend.types.ts'

/** Cosines of one product with all others, made when asked for: memory for one row, whatever the number of products. */
export interface ProductCosines {
  /** By product code. Good until the next call. */
  readonly of: (product: number) => Float64Array
}

/** Over the weights as they are; 0 for products without a common customer. */
export function productCosines({ byProduct, byCustomer, products }: Preferences): ProductCosines {
  const norms = new Float64Array(products.length)
  for (let product = 0; product < norms.length; product++) {
    let squares = 0
    for (let i = byProduct.offsets[product] as number; i < (byProduct.offsets[product + 1] as number); i++) squares += (byProduct.weights[i] as number) ** 2
    norms[product] = Math.sqrt(squares)
  }
  const cosines = new Float64Array(products.length)
  return {
    of(product) {
      cosines.fill(0)
      for (let i = byProduct.offsets[product] as number; i < (byProduct.offsets[product + 1] as number); i++) {
        const customer = byProduct.codes[i] as number
        const weight = byProduct.weights[i] as number
        for (let j = byCustomer.offsets[customer] as number; j < (byCustomer.offsets[customer + 1] as number); j++) {
          cosines[byCustomer.codes[j] as number]! += weight * (byCustomer.weights[j] as number)
        }
      }
      for (let other = 0; other < cosines.length; other++) {
        const norm = (norms[product] as number) * (norms[other] as number)
        cosines[other] = norm > 0 ? (cosines[other] as number) / norm : 0
      }
      return cosines
    },
  }
}
