export { makeDemoShop, type DemoShop, type DemoShopSet } from './makeDemoShop.ts'
export { demoShopTruth, type DemoShopTruth } from './demoShopTruth.ts'
export type { DemoShopEffects, DemoShopOptions } from './settings.ts'
