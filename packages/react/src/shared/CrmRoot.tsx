'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { renderPart } from './part.ts'
import type { PartProps } from './part.ts'

export interface CrmRootState {
  readonly busy: boolean
}

export interface CrmRootProps extends PartProps<CrmRootState>, Omit<ComponentPropsWithRef<'section'>, 'className'> {
  /** Sets `aria-busy`. */
  readonly busy?: boolean
}

/**
 * The one element every widget starts with. All CSS of the kit is scoped under its class, so the page around stays as
 * it was; theme, density, direction and language are its attributes.
 */
export function CrmRoot({ busy = false, ...theirs }: CrmRootProps): ReactElement {
  const { theme, density, direction, language } = useCrmSettings()
  return renderPart(
    'section',
    {
      className: 'crm-root',
      'data-crm-theme': theme,
      'data-crm-density': density,
      dir: direction,
      lang: language,
      'aria-busy': busy || undefined,
    },
    theirs,
    { busy },
  )
}
