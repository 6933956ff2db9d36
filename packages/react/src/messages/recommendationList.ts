export const recommendationListMessages = {
  title: 'Next offers',
} as const
