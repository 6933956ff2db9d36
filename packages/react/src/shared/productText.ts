/** What is written of a product; left out: what the data say. */
export interface ProductText {
  readonly name?: string | undefined
  readonly category?: string | undefined
}

/**
 * Names of products that the data do not hold, by id: in the language of the page, from a catalogue of the host's. undefined
 * leaves a product as the data call it.
 */
export type ProductTexts = (productId: string) => ProductText | undefined
