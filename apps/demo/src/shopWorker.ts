import { makeDemoShop } from '@crm/example-demo-shop'

// Apart from the page, which must answer while thousands of customers are made up.
postMessage(makeDemoShop())
