import type { RfmGridRequest } from '@crm/core/rfm'
import { SegmentReason } from '@crm/react'
import { useEffect, useRef, type ReactElement } from 'react'
import type { DemoWords } from './words.ts'

interface ReasonDialogProps {
  /** null: closed. */
  readonly customerId: string | null
  readonly request: RfmGridRequest
  readonly words: DemoWords
  readonly onClose: () => void
  readonly onOffers: (customerId: string) => void
}

/** Why a customer is in a segment, over the page; Escape, the button and the back button close it. */
export function ReasonDialog({ customerId, request, words, onClose, onOffers }: ReasonDialogProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (customerId === null) dialog.current?.close()
    else if (!dialog.current?.open) dialog.current?.showModal()
  }, [customerId])
  return (
    <dialog
      ref={dialog}
      className="demo-dialog"
      aria-label={customerId ?? undefined}
      // A press beside it closes it, too.
      closedby="any"
      onClose={() => customerId !== null && onClose()}
    >
      {customerId !== null && (
        <>
          <SegmentReason variant="popover" request={request} customerId={customerId} headingLevel={2} />
          <div className="demo-dialog-actions">
            <button type="button" className="demo-button" onClick={() => onOffers(customerId)}>
              {words.reasonOffers}
            </button>
            <button type="button" className="demo-button" onClick={onClose}>
              {words.close}
            </button>
          </div>
        </>
      )}
    </dialog>
  )
}
