import type { ReactElement } from 'react'

export interface IconProps {
  /** Drawn in a square of `size`. */
  readonly path: string
  readonly size?: number
  readonly className?: string
}

/** A small drawing beside words that say the same; its strokes are the stylesheet's. */
export function Icon({ path, size = 16, className }: IconProps): ReactElement {
  return (
    <svg className={className} viewBox={`0 0 ${size} ${size}`} width={size} height={size} aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}
