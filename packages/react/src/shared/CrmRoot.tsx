'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { renderPart } from './part.ts'
import type { PartProps } from './part.ts'
import type { WidgetStatus } from './widgetState.ts'

export interface CrmRootState {
  readonly status: WidgetStatus
}

/** What the root of a widget takes from its user. */
export interface CrmRootProps extends PartProps<CrmRootState>, Omit<ComponentPropsWithRef<'section'>, 'className'> {}

interface OwnProps extends CrmRootState {
  /** Class of the widget. */
  readonly widget: string
  /** Sets `aria-busy`. */
  readonly busy: boolean
}

/**
 * The one element every widget starts with. All CSS of the kit is scoped under its class, so the page around stays as
 * it was; theme, density, direction and language are its attributes.
 */
export function CrmRoot({ widget, status, busy, ...theirs }: CrmRootProps & OwnProps): ReactElement {
  const { theme, density, direction, language } = useCrmSettings()
  return renderPart(
    'section',
    {
      className: `crm-root ${widget}`,
      'data-crm-theme': theme,
      'data-crm-density': density,
      dir: direction,
      lang: language,
      'aria-busy': busy || undefined,
      'data-status': status,
    },
    theirs,
    { status },
  )
}
