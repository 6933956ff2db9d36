'use client'
import { useState } from 'react'

/** A value that the host controls (`value` given) or that lives here, starting at `initial`. */
export function useControlled<Value>(value: Value | undefined, initial: Value): readonly [Value, (next: Value) => void] {
  const [own, setOwn] = useState(initial)
  return [value === undefined ? own : value, setOwn]
}
