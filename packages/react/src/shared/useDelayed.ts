'use client'
import { useEffect, useState } from 'react'

/** True once `active` has held for `delayMs`; false at once when it ends. Keeps short waits quiet. */
export function useDelayed(active: boolean, delayMs = 300): boolean {
  const [isPast, setPast] = useState(false)
  useEffect(() => {
    if (!active) return
    const timer = setTimeout(() => setPast(true), delayMs)
    return () => {
      clearTimeout(timer)
      setPast(false)
    }
  }, [active, delayMs])
  return active && isPast
}
