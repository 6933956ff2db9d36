export const recommenderScorecardMessages = {
  title: 'Would it have worked?',
} as const
