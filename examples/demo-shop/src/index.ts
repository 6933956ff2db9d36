export { makeDemoShop, type DemoShop, type DemoShopSet } from './makeDemoShop.ts'
export { demoShopTruth } from './demoShopTruth.ts'
export type { DemoShopEffects, DemoShopOptions } from './settings.ts'
