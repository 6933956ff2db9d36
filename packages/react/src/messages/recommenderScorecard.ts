/** Words of the scorecard. `{…}` marks a place that is filled in. */
export const recommenderScorecardMessages = {
  title: { one: 'Would it have worked on the last day?', other: 'Would it have worked on the last {countText} days?' },
  titleLoading: 'Would it have worked?',
  /** What was known, what was tested, on whom. */
  window: 'Learned from purchases before {cutoff}, tested on {cutoff} to {until}: {customers}, {products}.',
  customers: { one: '{countText} customer', other: '{countText} customers' },
  /** Not all were tested, but some drawn from them. */
  customersOf: { one: '{drawn} of {countText} customer', other: '{drawn} of {countText} customers' },
  products: { one: '{countText} product', other: '{countText} products' },
  /** What is thought of the strategies: the heading of the verdict, then its sentence. */
  signal: 'It would have worked.',
  noSignal: 'No signal.',
  tooFew: 'Too few customers to tell.',
  signalNovel: '{strategy} would have put a new product that was bought later into the top {k} for {share} of customers, popularity for {popular}.',
  signalAny: '{strategy} would have put a product that was bought later into the top {k} for {share} of customers, popularity for {popular}.',
  /** Where the hits are no more, but stand higher. */
  signalRank: '{strategy} would have put what was bought later higher in the top {k} than popularity does: NDCG {value} against {popular}.',
  /** No popularity among the strategies to set it against. */
  signalAlone: '{strategy} would have put a product that was bought later into the top {k} for {share} of customers.',
  noSignalText: 'Nothing beats popularity by more than chance. The best try, {strategy}, changes NDCG by {gain} ({low} to {high}). Recommend what is popular.',
  noSignalAlone: 'Nothing beats popularity by more than chance. Recommend what is popular.',
  tooFewText: {
    one: 'Only {countText} customer bought something to find in these days. Test on more days, or wait for more orders.',
    other: 'Only {countText} customers bought something to find in these days. Test on more days, or wait for more orders.',
  },
  /** Names of strategies by the name they have in the answer. Others show the name they were asked with. */
  strategies: {
    popularity: 'Popularity',
    customers: 'Similar customers',
    products: 'Similar products',
    hybrid: 'Similar customers + similar products',
    buyAgain: 'Buy again',
  },
  /** What a strategy is made of: parts of a hybrid, then what they share. */
  part: '{share} {strategy}',
  partWith: '{share} {strategy} ({details})',
  parts: { popularity: 'popularity', customers: 'similar customers', products: 'similar products', buyAgain: 'buy again' },
  neighbours: { one: '{countText} neighbour', other: '{countText} neighbours' },
  halfLife: { one: 'half-life {countText} day', other: 'half-life {countText} days' },
  windowDays: { one: 'last {countText} day', other: 'last {countText} days' },
  chooseMetric: 'Measured by',
  /** Names of metrics: in the choice, and as a heading with the length of the lists. */
  metrics: { ndcg: 'NDCG', hitRate: 'Hit rate', precision: 'Precision', recall: 'Recall', map: 'MAP', mrr: 'MRR' },
  metricOf: '{metric}, top\u00a0{k}',
  /** One line each, under the choice. */
  explanations: {
    ndcg: 'NDCG: how much of what was bought stands in the list, and how high. 1 = all of it, on top.',
    hitRate: 'Hit rate: share of customers with at least one product in their list that they bought later.',
    precision: 'Precision: share of the products listed that were bought later.',
    recall: 'Recall: share of the products bought later that were listed.',
    map: 'MAP: precision at each hit, averaged: early hits count more.',
    mrr: 'MRR: 1 divided by the place of the first hit, averaged: 0.5 = second place.',
  },
  chooseView: 'Show',
  viewTable: 'Table',
  viewPicture: 'Picture',
  viewBoth: 'Both',
  fieldStrategy: 'Strategy',
  fieldGain: 'Gain over popularity',
  /** The gain is that of NDCG, whatever metric is shown. */
  fieldGainOf: 'Gain over popularity, NDCG',
  fieldCoverage: 'Coverage',
  fieldNovelty: 'Novelty',
  fieldDiversity: 'Diversity',
  /** Headings that only a file has: lower and upper end of the interval. */
  fieldLow: '{field}, low',
  fieldHigh: '{field}, high',
  /** The 95 % interval of a figure. */
  interval: '{low} to {high}',
  /** What the picture shows, under it. */
  legend: 'Dot: mean over customers. Line: 95 % interval; of the gains, for all of them together. Dashed: popularity.',
  /** Where mixtures and half-lives come from. */
  choice: { one: 'Mixtures and half-lives were chosen on the window before, with {countText} customer.', other: 'Mixtures and half-lives were chosen on the window before, with {countText} customers.' },
  tableLegend: 'Small figures: 95 % intervals. Coverage: share of products recommended to anybody. Novelty: bits, higher = less known. Diversity: 1 = products of a list have no buyers in common.',
  /** Read out in the place of a gain: popularity has none over itself. */
  noGain: 'no gain over itself',
  reference: 'reference',
  best: 'best before the test',
  /** Takes a strategy over. */
  use: 'Use',
  useStrategy: 'Use this strategy',
  usePopularity: 'Use popularity',
  inUse: 'In use',
  emptyTitle: 'Nothing to test on',
  emptyText: 'Nobody bought anything that could be found in the last {days} days before {date}, or nothing was known before. Test on more days, or choose a later date.',
  loading: 'Learning from what was known, testing on what came after…',
  progress: 'Progress of the test',
  progressReading: 'Reading the orders',
  progressComputing: 'Learning and testing',
} as const
