'use client'
import { useLayoutEffect } from 'react'

/** A layout effect that is none on a server, where React 18 warns of it. */
export const useSafeLayoutEffect: typeof useLayoutEffect = typeof document === 'undefined' ? () => {} : useLayoutEffect
