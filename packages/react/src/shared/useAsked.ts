import { useState } from 'react'

/** What the answer that is shown was asked with: while it is an earlier one, not what is asked now. */
export function useAsked<Value>(isStale: boolean, asked: Value): Value {
  const [last, setLast] = useState(asked)
  if (!isStale && !Object.is(last, asked)) setLast(asked)
  return isStale ? last : asked
}
