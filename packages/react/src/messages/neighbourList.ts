export const neighbourListMessages = {
  title: 'Similar customers',
} as const
