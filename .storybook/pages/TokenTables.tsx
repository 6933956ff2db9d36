import { useLayoutEffect, useRef, useState, type CSSProperties, type ReactElement } from 'react'
import { colourIn, contrastsIn, readTokens, valueIn, type Contrast } from './readTokens.ts'
import './pages.css'

const THEMES = ['light', 'dark'] as const
const DENSITIES = ['comfortable', 'cozy', 'compact'] as const

interface Colour {
  readonly name: string
  readonly shown: Readonly<Record<(typeof THEMES)[number], { readonly text: string; readonly contrasts: readonly Contrast[] }>>
}

interface Measured {
  readonly colours: readonly Colour[]
  readonly values: readonly { readonly name: string; readonly value: string }[]
  readonly densities: readonly { readonly name: string; readonly values: readonly string[] }[]
  readonly widgets: readonly string[]
}

/** Every variable of the stylesheet, read from it and measured in this page. */
export function TokenTables(): ReactElement {
  const probes = useRef<HTMLDivElement>(null)
  const [measured, setMeasured] = useState<Measured | null>(null)
  useLayoutEffect(() => setMeasured(measure(probes.current!)), [])
  return (
    <div className="tokens">
      <div ref={probes} hidden>
        {THEMES.map((theme) => (
          <div key={theme} className="crm-root" data-crm-theme={theme} data-crm-density="cozy" />
        ))}
        {DENSITIES.map((density) => (
          <div key={density} className="crm-root" data-crm-theme="light" data-crm-density={density} />
        ))}
      </div>
      {measured && <Tables {...measured} />}
    </div>
  )
}

function measure(probes: HTMLElement): Measured {
  const [light, dark, ...densities] = probes.children as unknown as [Element, Element, ...Element[]]
  const tokens = readTokens()
  const kit = tokens.filter(({ scope }) => scope === 'kit').map(({ name }) => name)
  const contrasts = { light: contrastsIn(light), dark: contrastsIn(dark) }
  const colourOf = (name: string, theme: (typeof THEMES)[number]) => ({
    text: colourIn(theme === 'light' ? light : dark, name)?.text ?? '',
    contrasts: contrasts[theme].filter(({ token }) => token === name),
  })
  const isColour = (name: string) => colourIn(light, name) !== null
  const byDensity = kit.map((name) => ({ name, values: densities.map((root) => valueIn(root, name)) })).filter(({ values }) => new Set(values).size > 1)
  return {
    colours: kit.filter(isColour).map((name) => ({ name, shown: { light: colourOf(name, 'light'), dark: colourOf(name, 'dark') } })),
    values: kit.filter((name) => !isColour(name)).map((name) => ({ name, value: valueIn(light, name) })),
    densities: byDensity,
    widgets: tokens.filter(({ scope }) => scope === 'widget').map(({ name }) => name),
  }
}

function Tables({ colours, values, densities, widgets }: Measured): ReactElement {
  return (
    <>
      <h2 id="colours">Colours</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Light</th>
            <th scope="col">Dark</th>
          </tr>
        </thead>
        <tbody>
          {colours.map(({ name, shown }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              {THEMES.map((theme) => (
                <td key={theme}>
                  <Swatch name={name} theme={theme} contrasts={shown[theme].contrasts} />
                  <code className="tokens-value">{shown[theme].text}</code>
                  <Ratios contrasts={shown[theme].contrasts} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <h2 id="type-space-form">Type, space, form, movement</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Value</th>
            <th scope="col">Looks like</th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ name, value }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                <code>{value}</code>
              </td>
              <td>
                <Sample name={name} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2 id="density">By density</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Variable</th>
            {DENSITIES.map((density) => (
              <th key={density} scope="col">
                {density}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {densities.map(({ name, values: each }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              {each.map((value, i) => (
                <td key={DENSITIES[i]}>
                  <code>{value}</code>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {widgets.length > 0 && (
        <>
          <h2 id="widgets">Inside one widget</h2>
          <p className="tokens-widgets">
            {widgets.map((name) => (
              <code key={name}>{name}</code>
            ))}
          </p>
        </>
      )}
    </>
  )
}

/** The colour on the grounds it is used on; a ground by itself. */
function Swatch({ name, theme, contrasts }: { readonly name: string; readonly theme: 'light' | 'dark'; readonly contrasts: readonly Contrast[] }): ReactElement {
  const isText = contrasts.some(({ use }) => use === 'text')
  const grounds = [...new Set(contrasts.map(({ ground }) => ground))]
  return (
    <span className="crm-root tokens-probe" data-crm-theme={theme} data-crm-density="cozy" aria-hidden="true">
      {grounds.length === 0 ? (
        <span className="tokens-swatch" style={{ background: `var(${name})` }} />
      ) : (
        grounds.map((ground) => (
          <span key={ground} className="tokens-swatch" style={{ background: `var(${ground})`, color: `var(${name})` }}>
            {isText ? '1,284' : <span className="tokens-mark" />}
          </span>
        ))
      )}
    </span>
  )
}

function Ratios({ contrasts }: { readonly contrasts: readonly Contrast[] }): ReactElement | null {
  if (contrasts.length === 0) return null
  return (
    <ul className="tokens-ratios">
      {contrasts.map(({ ground, use, ratio, needed }) => (
        <li key={`${ground} ${use}`} data-fails={ratio < needed || undefined}>
          <strong>{ratio.toFixed(1)}:1</strong> {use === 'text' ? 'text' : 'mark'} on {ground.replace('--crm-', '')}
          {ratio < needed ? ` (needs ${needed}:1)` : ''}
        </li>
      ))}
    </ul>
  )
}

const SAMPLES: readonly (readonly [of: RegExp, style: (name: string) => CSSProperties, text: string])[] = [
  [/^--crm-text-/, (name) => ({ fontSize: `var(${name})` }), 'Revenue 1,284'],
  [/^--crm-weight/, (name) => ({ fontWeight: `var(${name})` }), 'Revenue 1,284'],
  [/^--crm-radius$/, (name) => ({ width: 64, height: 28, border: '1px solid var(--crm-line-strong)', borderRadius: `var(${name})` }), ''],
  [/^--crm-shadow$/, (name) => ({ width: 64, height: 28, borderRadius: 'var(--crm-radius)', background: 'var(--crm-surface)', boxShadow: `var(${name})` }), ''],
  [/^--crm-frame$/, (name) => ({ width: 64, height: 28, border: `var(${name})` }), ''],
  [/^--crm-(?:space|(?:row|cell|control)-height|.*-padding)$/, (name) => ({ width: `var(${name})`, height: 12, background: 'var(--crm-accent)' }), ''],
]

function Sample({ name }: { readonly name: string }): ReactElement | null {
  const sample = SAMPLES.find(([of]) => of.test(name))
  if (sample === undefined) return null
  const [, style, text] = sample
  return (
    <span className="crm-root tokens-probe" data-crm-theme="inherit" data-crm-density="cozy" aria-hidden="true">
      <span style={{ display: 'inline-block', ...style(name) }}>{text}</span>
    </span>
  )
}
