import { useEffect, useState } from 'react'
import type { Language } from './viewState.ts'

/** What the page itself says. The widgets bring their own words. */
export const englishWords = {
  documentTitle: '{title} · CRM Kit demo',
  superstoreTitle: 'Superstore customers',
  superstoreText: 'Who bought lately, how often, and for how much. Order lines of a retailer in the United States, 2014 to 2017.',
  superstoreFoot: 'Sample data: Tableau Superstore, 9,994 order lines of 793 customers. All parts of the page ask the same engine through one data adapter; the figures are the same in both.',
  shopTitle: 'Lantern & Loom, a made-up shop',
  shopText: 'A household shop whose data were made by a program, with habits planted on purpose: made data, so that what an analysis finds can be checked.',
  shopFoot: 'Made data: 5,000 customers, 60,000 orders and 400 products from examples/demo-shop, where every planted habit is written down.',
  fileTitle: 'Your own customers',
  fileText: 'A table of orders as CSV becomes customers, segments and pictures. It is read in this browser and sent nowhere.',
  fileImported: 'From {name}: {rows} lines, {customers} customers, {from} to {to}.',
  fileFoot: 'Your file is kept in the memory of this page only. It is gone when you close the page.',
  fileShow: 'Show the customers',
  fileAnother: 'Import another file',
  fileTry: 'No file at hand?',
  fileTrySample: 'Use the Superstore sample as a file',
  fileTryFailed: 'The sample could not be loaded. Check that the demo server is running, then try again.',
  data: 'Data',
  dataSuperstore: 'Superstore',
  dataShop: 'Made-up shop',
  dataFile: 'Use my file',
  engine: 'Computed in',
  engineMemory: 'Browser memory',
  engineDuckdb: 'DuckDB',
  theme: 'Theme',
  themeAuto: 'Auto',
  themeLight: 'Light',
  themeDark: 'Dark',
  language: 'Language',
  pages: 'Pages',
  pageOverview: 'Overview',
  pageCuts: 'Cut points',
  pageMap: 'Map',
  pageOffers: 'Offers',
  offersFor: 'Offers for {name}',
  offersForNobody: 'Offers',
  offersPick: 'Press a row of the table to see those of another customer.',
  offersNew: 'New for them',
  offersAgain: 'Buy again',
  offersStrategy: 'Products are ranked by the strategy chosen in the back-test below.',
  offersStrategyBack: 'Back to the default',
  offersNoProducts: 'These data name no products. Offers need to know what was bought. Import a file with a product column.',
  reasonOffers: 'Offers for this customer',
  figures: 'Key figures',
  figureCustomers: 'Customers',
  figureOrders: 'Orders',
  figureRevenue: 'Revenue',
  figurePerCustomer: 'Revenue per customer',
  ownRule: 'Scored by a rule of your own: {what}.',
  ownCuts: 'cut points you kept',
  ownMap: 'the segment map “{map}”',
  ownRuleBack: 'Back to quintiles',
  and: ' and ',
  columnBusiness: 'Business',
  columnRegion: 'Region',
  columnCity: 'City',
  engineFailed: '{engine} could not be opened.',
  engineOther: 'The figures below are those of the other engine.',
  engineCheck: 'Check that the demo server is running, then try again.',
  retry: 'Try again',
  loadingMemory: 'Loading 9,994 order lines into memory…',
  loadingEngine: 'Opening the database…',
  loadingShop: 'Making the shop…',
  close: 'Close',
} as const

export type DemoWords = Readonly<Record<keyof typeof englishWords, string>>

const loaders: Readonly<Record<Exclude<Language, 'en'>, () => Promise<DemoWords>>> = {
  'zh-Hans': async () => (await import('./words.zh.ts')).chineseWords,
}
const loaded = new Map<Language, DemoWords>([['en', englishWords]])

/** The words of a language, loaded on first use; until then those shown before. */
export function useDemoWords(language: Language): DemoWords {
  const [words, setWords] = useState<DemoWords>(loaded.get(language) ?? englishWords)
  useEffect(() => {
    let isCurrent = true
    const show = (next: DemoWords): void => {
      loaded.set(language, next)
      if (isCurrent) setWords(next)
    }
    const known = loaded.get(language)
    if (known !== undefined) show(known)
    // English stays when the words cannot be had: the figures matter more.
    else if (language !== 'en') loaders[language]().then(show, () => {})
    return () => {
      isCurrent = false
    }
  }, [language])
  return words
}

/** Fills `{places}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? values[name]! : place))
}
