import { describe, expect, test, vi } from 'vitest'
import { createMemoryStore, createWebStore } from './personalStore.ts'
import type { WebStorage } from './personalStore.ts'

function fakeStorage(initial: Record<string, string> = {}): WebStorage & { readonly items: Map<string, string> } {
  const items = new Map(Object.entries(initial))
  return { items, getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value), removeItem: (key) => void items.delete(key) }
}

describe.each([
  ['memory', () => createMemoryStore()],
  ['web', () => createWebStore(fakeStorage())],
  ['web without a storage, as on a server', () => createWebStore()],
])('%s store', (_name, create) => {
  test('gives back what was kept, the same object each time, until it is forgotten', () => {
    const store = create()
    expect(store.get('a')).toBeUndefined()
    store.set('a', [{ at: 1 }])
    expect(store.get('a')).toEqual([{ at: 1 }])
    expect(store.get('a')).toBe(store.get('a'))
    expect(store.get('b')).toBeUndefined()
    store.set('a', undefined)
    expect(store.get('a')).toBeUndefined()
  })

  test('tells those who listen to the key, and nobody else, until they end it', () => {
    const store = create()
    const [own, other] = [vi.fn(), vi.fn()]
    const end = store.subscribe('a', own)
    store.subscribe('b', other)
    store.set('a', 1)
    end()
    store.set('a', 2)
    expect(own).toHaveBeenCalledOnce()
    expect(other).not.toHaveBeenCalled()
  })
})

test('a web store writes JSON under its prefix and reads what another page wrote', () => {
  const storage = fakeStorage({ 'shop:a': '[1]' })
  const store = createWebStore(storage, 'shop:')
  expect(store.get('a')).toEqual([1])
  store.set('b', { x: 1 })
  expect(storage.items.get('shop:b')).toBe('{"x":1}')
  storage.items.set('shop:a', '[2]')
  expect(store.get('a')).toEqual([2])
})

test('a storage that is blocked or full keeps values for the page, and a text that is no JSON counts as nothing', () => {
  const refuse = (): never => {
    throw new DOMException('blocked', 'SecurityError')
  }
  const blocked = createWebStore({ getItem: refuse, setItem: refuse, removeItem: refuse })
  expect(blocked.get('a')).toBeUndefined()
  blocked.set('a', 1)
  expect(blocked.get('a')).toBe(1)
  blocked.set('a', undefined)
  expect(blocked.get('a')).toBeUndefined()
  expect(createWebStore(fakeStorage({ 'crm:a': '{' })).get('a')).toBeUndefined()
})

test('what the server drew is what a memory store began with', () => {
  const store = createMemoryStore({ a: 1 })
  store.set('a', 2)
  expect([store.get('a'), store.getOnServer?.('a'), store.getOnServer?.('toString')]).toEqual([2, 1, undefined])
  expect(createWebStore(fakeStorage({ 'crm:a': '1' })).getOnServer).toBeUndefined()
})
