/**
 * Where a widget keeps what one person did: small values of plain JSON under a key. Yours may write to a server; the
 * kit never writes to a data adapter.
 *
 * Reading is synchronous. A copy with the same content is no change.
 */
export interface PersonalStore {
  /** undefined where nothing is kept. */
  get(key: string): unknown
  /** `undefined` forgets the key. Tells the listeners of the key. */
  set(key: string, value: unknown): void
  /** @returns ends it */
  subscribe(key: string, listener: () => void): () => void
  /** What the server drew the page with, and the first render in the browser too. Left out: nothing. */
  getOnServer?(key: string): unknown
}

/** The part of `localStorage` that {@link createWebStore} uses. */
export interface WebStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

interface Listeners {
  readonly add: PersonalStore['subscribe']
  readonly tell: (key: string) => void
}

function createListeners(): Listeners {
  const byKey = new Map<string, Set<() => void>>()
  return {
    add(key, listener) {
      const own = byKey.get(key) ?? new Set()
      byKey.set(key, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0 && byKey.get(key) === own) byKey.delete(key)
      }
    },
    tell: (key) => [...(byKey.get(key) ?? [])].forEach((listener) => listener()),
  }
}

/**
 * A store that lasts as long as the page.
 *
 * @param initial values known from elsewhere, by key: give the same ones on the server and in the browser
 */
export function createMemoryStore(initial: Readonly<Record<string, unknown>> = {}): PersonalStore {
  const values = new Map(Object.entries(initial))
  const listeners = createListeners()
  return {
    get: (key) => values.get(key),
    set(key, value) {
      if (value === undefined) values.delete(key)
      else values.set(key, value)
      listeners.tell(key)
    },
    subscribe: listeners.add,
    getOnServer: (key) => (Object.hasOwn(initial, key) ? initial[key] : undefined),
  }
}

/**
 * A store in `localStorage`, or what looks like it, followed across the tabs of a browser. Where the browser refuses
 * storage (blocked, full, on a server) values last as long as the page. What cannot be read counts as nothing.
 *
 * @param storage default `localStorage`, looked up on first use
 * @param prefix put before each key. Default `crm:`
 */
export function createWebStore(storage?: WebStorage, prefix = 'crm:'): PersonalStore {
  const listeners = createListeners()
  /** Texts that the storage would not take; null = forgotten. */
  const refused = new Map<string, string | null>()
  const parsed = new Map<string, { readonly text: string; readonly value: unknown }>()
  const place = (): WebStorage | null => storage ?? (typeof localStorage === 'undefined' ? null : localStorage)

  function read(key: string): string | null {
    const kept = refused.get(key)
    if (kept !== undefined) return kept
    try {
      return place()?.getItem(prefix + key) ?? null
    } catch {
      return null // a browser that blocks storage throws on touch
    }
  }
  return {
    get(key) {
      const text = read(key)
      if (text === null) return undefined
      const known = parsed.get(key)
      if (known?.text === text) return known.value
      const value = parse(text)
      parsed.set(key, { text, value })
      return value
    },
    set(key, value) {
      const text = value === undefined ? null : JSON.stringify(value)
      try {
        const to = place()
        if (to === null) throw new Error('no storage')
        if (text === null) to.removeItem(prefix + key)
        else to.setItem(prefix + key, text)
        refused.delete(key)
      } catch {
        refused.set(key, text)
      }
      listeners.tell(key)
    },
    subscribe(key, listener) {
      const end = listeners.add(key, listener)
      if (typeof window === 'undefined') return end
      // Only other tabs cause it; null = everything was cleared.
      const onStorage = (event: StorageEvent): void => {
        if (event.key === prefix + key || event.key === null) listener()
      }
      window.addEventListener('storage', onStorage)
      return () => {
        end()
        window.removeEventListener('storage', onStorage)
      }
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
