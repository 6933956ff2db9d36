import type { ReactElement } from 'react'

export interface IconProps {
  /** Drawn in a square of `size`. */
  readonly path: string
  readonly size?: number
  readonly className?: string
}

/** A small drawing in strokes, beside words that say the same. */
export function Icon({ path, size = 16, className }: IconProps): ReactElement {
  return (
    <svg className={className === undefined ? 'crm-icon' : `crm-icon ${className}`} viewBox={`0 0 ${size} ${size}`} width={size} height={size} aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}
