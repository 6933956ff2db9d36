import type { CrmMessages } from './messages.ts'

/** Languages that the kit brings besides English, by the script they are written in. */
const loaders: Readonly<Record<string, () => Promise<CrmMessages>>> = {
  'zh-Hans': async () => (await import('./zh/index.ts')).chineseMessages,
}

const loaded = new Map<string, CrmMessages>()
const loading = new Map<string, Promise<CrmMessages>>()
const listeners = new Set<() => void>()

/**
 * The pack that a language is read from: `zh`, `zh-CN` and `zh-SG` are written in simplified characters and share
 * `zh-Hans`; `zh-TW` is not, and has none. null where the kit brings none, as for English, which needs none.
 */
export function packOf(language: string): string | null {
  try {
    const { language: name, script } = new Intl.Locale(language).maximize()
    const pack = `${name}-${script}`
    return Object.hasOwn(loaders, pack) ? pack : null
  } catch {
    return null
  }
}

/** The words of a pack that has been loaded. */
export function loadedPack(pack: string | null): CrmMessages | null {
  return pack === null ? null : (loaded.get(pack) ?? null)
}

/**
 * Loads the words of a language, once. The provider does it by itself when it is given the language; call it before
 * rendering on a server and before hydrating, so that the first picture has the words already.
 *
 * @param language BCP 47
 * @returns null where the kit brings no words for the language: English stays, or what the host gives as `messages`
 * @example
 * await loadMessages('zh-Hans')
 * hydrateRoot(root, <CrmProvider client={client} language="zh-Hans">…</CrmProvider>)
 */
export async function loadMessages(language: string): Promise<CrmMessages | null> {
  const pack = packOf(language)
  if (pack === null) return null
  let load = loading.get(pack)
  if (load === undefined) {
    load = loaders[pack]!().then((messages) => {
      loaded.set(pack, messages)
      for (const tell of [...listeners]) tell()
      return messages
    })
    // A failed download is tried again when the words are next asked for.
    load.catch(() => loading.delete(pack))
    loading.set(pack, load)
  }
  return load
}

/** Calls back whenever a pack has arrived. */
export function onPackLoaded(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
