'use client'
import { useContext } from 'react'
import type { Context } from 'react'

/**
 * What the element around has given.
 *
 * @throws Error when there is none; it names `root`, which is missing, and `props`, which that needs
 */
export function useInside<Value>(context: Context<Value | null>, root: string, props: string): Value {
  const value = useContext(context)
  if (value === null) {
    throw new Error(`A hook or part of @crm/react was rendered outside ${root}. It has nothing to work with. Put it inside <${root} ${props}>.`)
  }
  return value
}
