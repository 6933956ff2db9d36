'use client'
import { customerValue, customersOperation } from '@crm/core/customers'
import { productNamesOperation } from '@crm/core/recommend/operations'
import type { NeighbourList, NeighboursRequest } from '@crm/core/recommend'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { schemaQueryOptions } from '../hooks/schemaQueryOptions.ts'
import { useOperation } from '../hooks/useOperation.ts'
import { useCrmSettings } from '../provider/context.ts'
import type { ProductTexts } from '../shared/productText.ts'
import { customerNamesRequest, hasCustomerNames, hasProductNames, idsToName, productNamesRequest } from './neighboursRequest.ts'

export interface NeighbourNames {
  /** null where there is none to show. */
  readonly nameOf: (id: string) => string | null
  /** Names are on the way, and none are there yet. */
  readonly isPending: boolean
}

/**
 * Names of neighbours where the data carry them: of customers by a page of customers, of products by their set. Without
 * names, or when they cannot be had, the ids stand for themselves.
 */
export function useNeighbourNames(request: NeighboursRequest, list: NeighbourList | undefined, showsPersonalNames: boolean, productText?: ProductTexts): NeighbourNames {
  const { client, queryClient } = useCrmSettings()
  const hasList = list !== undefined && list.compared > 0
  const schema = useQuery({ ...schemaQueryOptions(client), enabled: hasList }, queryClient)
  const ids = useMemo(() => (list === undefined ? [] : idsToName(list)), [list])
  const isOfProducts = request.over === 'products'
  const asksCustomers = hasList && !isOfProducts && schema.data !== undefined && hasCustomerNames(schema.data, showsPersonalNames)
  const asksProducts = hasList && isOfProducts && schema.data !== undefined && hasProductNames(schema.data)
  const customers = useOperation(customersOperation, customerNamesRequest(request, ids), { enabled: asksCustomers })
  const products = useOperation(productNamesOperation, productNamesRequest(ids), { enabled: asksProducts })

  const page = asksCustomers ? customers.answer?.data : undefined
  const found = asksProducts ? products.answer?.data.products : undefined
  const names = useMemo(() => {
    const byId = new Map<string, string>()
    const add = (id: unknown, name: unknown): void => {
      if (typeof name === 'string' && name !== '') byId.set(String(id), name)
    }
    for (let row = 0; row < (page?.rows ?? 0); row += 1) add(customerValue(page!, row, 'customerId'), customerValue(page!, row, 'name'))
    for (const { id, name } of found ?? []) add(id, name)
    return byId
  }, [page, found])
  const isAsking = (asksCustomers && customers.answer === undefined && customers.error === null) || (asksProducts && products.answer === undefined && products.error === null)
  return {
    nameOf: (id) => (isOfProducts ? productText?.(id)?.name : undefined) ?? names.get(id) ?? null,
    isPending: hasList && ((schema.data === undefined && schema.error === null) || isAsking),
  }
}
