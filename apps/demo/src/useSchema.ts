import type { DataSchema } from '@crm/core/adapter'
import { useCrm } from '@crm/react'
import { useEffect, useState } from 'react'

/** What the data of the page hold; null until it is known. */
export function useSchema(): DataSchema | null {
  const { client } = useCrm()
  const [schema, setSchema] = useState<DataSchema | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    client.schema({ signal: controller.signal }).then(setSchema, () => {}) // the widgets say what is wrong
    return () => controller.abort()
  }, [client])
  return schema
}
