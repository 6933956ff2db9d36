import { Suspense, lazy, useEffect, useMemo, useState, type ReactElement } from 'react'
import { Choice } from './Choice.tsx'
import { Sample } from './Sample.tsx'
import { FRESH, useViewState } from './viewState.ts'
import { fill, useDemoWords } from './words.ts'

/** Who looks at the sample alone loads neither the parser nor the wizard. */
const OwnFile = lazy(async () => ({ default: (await import('./OwnFile.tsx')).OwnFile }))

/** The page a product manager shows around: who the customers are, and who is behind each cell. */
export function App(): ReactElement {
  const [view, change] = useViewState()
  const { data, theme, language } = view
  const words = useDemoWords(language)
  const isFile = data === 'file'
  // Once opened it stays in the page, so that a look at the sample does not lose the file.
  const [wasFileOpened, setFileOpened] = useState(isFile)
  if (isFile && !wasFileOpened) setFileOpened(true)
  const { title, text, foot } = {
    superstore: { title: words.superstoreTitle, text: words.superstoreText, foot: words.superstoreFoot },
    shop: { title: words.shopTitle, text: words.shopText, foot: words.shopFoot },
    file: { title: words.fileTitle, text: words.fileText, foot: words.fileFoot },
  }[data]
  useEffect(() => {
    document.documentElement.lang = language
    document.title = fill(words.documentTitle, { title })
  }, [language, words, title])
  const provider = useMemo(() => ({ theme, language, format: { locale: language === 'en' ? 'en-US' : 'zh-CN' } }), [theme, language])
  return (
    <div className="demo" data-theme={theme}>
      <header className="demo-bar">
        <div className="demo-titles">
          <h1>{title}</h1>
          <p>{text}</p>
        </div>
        <div className="demo-choices">
          <Choice
            label={words.data}
            name="data"
            options={[
              { value: 'superstore', label: words.dataSuperstore },
              { value: 'shop', label: words.dataShop },
              { value: 'file', label: words.dataFile },
            ]}
            value={data}
            onChange={(next) => change({ ...FRESH, data: next })}
          />
          {data === 'superstore' && (
            <Choice
              label={words.engine}
              name="engine"
              options={[
                { value: 'memory', label: words.engineMemory },
                { value: 'duckdb', label: words.engineDuckdb },
              ]}
              value={view.engine}
              onChange={(engine) => change({ engine })}
            />
          )}
          <Choice
            label={words.theme}
            name="theme"
            options={[
              { value: 'auto', label: words.themeAuto },
              { value: 'light', label: words.themeLight },
              { value: 'dark', label: words.themeDark },
            ]}
            value={theme}
            onChange={(next) => change({ theme: next })}
          />
          <Choice
            label={words.language}
            name="language"
            options={[
              { value: 'en', label: 'English' },
              { value: 'zh-Hans', label: '简体中文' },
            ]}
            value={language}
            onChange={(next) => change({ language: next })}
          />
        </div>
      </header>
      <main className="demo-main">
        {wasFileOpened && (
          <div className="demo-part" hidden={!isFile}>
            <Suspense fallback={<p className="demo-opening" role="status">…</p>}>
              <OwnFile isShown={isFile} view={view} change={change} words={words} provider={provider} />
            </Suspense>
          </div>
        )}
        {data !== 'file' && <Sample key={data} source={data} view={view} change={change} words={words} provider={provider} />}
      </main>
      <footer className="demo-foot">
        <p>{foot}</p>
      </footer>
    </div>
  )
}
