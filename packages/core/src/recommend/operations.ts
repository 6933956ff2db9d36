

/** What a worker offers under `recommend/`. */
export const recommendOperations: readonly { readonly name: string }[] = []
