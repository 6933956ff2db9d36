import type { ImportAttribute, ImportRole } from '@crm/core/adapter'

/**
 * Headings by role, the surest first. Compared after {@link plainHeading}. Data of shops in English and Chinese, UCI
 * Online Retail and the Tableau Superstore among them.
 */
export const ROLE_HEADINGS: Readonly<Record<ImportRole, readonly string[]>> = {
  customerId: [
    'customer id', 'customer no', 'customer number', 'customer code', 'customer key', 'cust id', 'cust no', 'client id', 'client number', 'user id', 'member id', 'membership number', 'buyer id', 'account id', 'account number',
    'shopper id', 'contact id', 'consumer id', 'household id', 'card number', '客户id', '客户编号', '客户编码', '客户代码', '客户号', '顾客id', '顾客编号', '会员id', '会员编号', '会员号', '会员卡号', '会员代码', '用户id', '用户编号', '买家id', '买家会员名',
    'customer', 'client', 'user', 'member', 'buyer', 'account', 'customer email', 'email', 'email address', '客户', '顾客', '会员', '用户', '买家', '客户名称', '买家昵称', '邮箱',
  ],
  orderId: [
    'order id', 'order no', 'order number', 'order code', 'invoice no', 'invoice id', 'invoice number', 'invoice', 'sales order', 'sales order number', 'transaction id', 'transaction number', 'transaction no', 'receipt id', 'receipt number', 'receipt no',
    'basket id', 'cart id', 'bill no', 'bill number', 'purchase id', 'document no', 'order', 'ticket id', '订单id', '订单编号', '订单号', '订单号码', '主订单编号', '发票号', '发票编号', '交易号', '交易编号', '流水号', '小票号', '单据编号', '单据号', '单号', '销售单号', '销售订单',
  ],
  lineId: ['row id', 'line id', 'order line id', 'line item id', 'order item id', 'order detail id', 'invoice line', 'invoice line id', 'line number', 'row number', '行id', '行号', '明细id', '明细编号', '子订单编号', '子订单号'],
  productId: [
    'product id', 'product code', 'product no', 'product number', 'product key', 'product sku', 'stock code', 'sku', 'sku id', 'sku code', 'item id', 'item code', 'item no', 'item number', 'article id', 'article no', 'article number', 'article', 'material', 'material number', 'asin', 'ean', 'upc', 'gtin', 'isbn', 'variant sku', 'lineitem sku',
    '商品id', '商品编号', '商品编码', '商品代码', '产品id', '产品编号', '产品编码', '货号', '物料编码', '物料号', '款号', '条码', '商品条码',
  ],
  at: [
    'order date', 'order datetime', 'order time', 'order timestamp', 'purchase date', 'purchase time', 'purchase datetime', 'purchase timestamp', 'order purchase timestamp', 'invoice date', 'transaction date', 'transaction time', 'transaction datetime', 'date of purchase', 'sale date', 'sales date', 'paid at', 'payment date', 'ordered at', 'order created at', 'created at', 'date created',
    'event time', 'date time', 'datetime', 'timestamp', 'date', 'time', 'day', 'order day', '订单日期', '订单时间', '订单创建时间', '下单日期', '下单时间', '购买日期', '购买时间', '交易日期', '交易时间', '成交时间', '支付时间', '支付日期', '付款时间', '订单付款时间', '付款日期', '消费日期', '消费时间', '销售日期', '销售时间', '发票日期', '开票日期', '创建时间', '日期', '时间',
  ],
  amount: [
    'amount', 'line amount', 'line total', 'line revenue', 'sales amount', 'sales', 'revenue', 'net amount', 'net sales', 'net revenue', 'net price', 'total amount', 'total price', 'total sales', 'total', 'order amount', 'order total', 'order value', 'purchase amount', 'transaction amount', 'payment value', 'payment amount', 'amount paid', 'price paid', 'paid amount', 'extended price', 'gross amount', 'gross sales', 'subtotal', 'sub total', 'turnover', 'spend', 'spent', 'monetary', 'value', 'dollars',
    '金额', '实付金额', '实际支付金额', '买家实际支付金额', '支付金额', '付款金额', '订单金额', '交易金额', '成交金额', '消费金额', '销售金额', '销售额', '总金额', '总价', '合计', '小计', '应付金额',
  ],
  quantity: ['quantity', 'qty', 'order quantity', 'quantity ordered', 'order qty', 'lineitem quantity', 'item quantity', 'units', 'units sold', 'unit sales', 'number of items', 'pieces', 'pcs', '数量', '购买数量', '商品数量', '销售数量', '销量', '件数', '订购数量'],
  unitPrice: ['unit price', 'price per unit', 'price each', 'item price', 'lineitem price', 'selling price', 'sales price', 'list price', 'product price', 'price', 'rate', '单价', '商品单价', '销售单价', '商品价格', '价格', '售价'],
  customerName: ['customer name', 'client name', 'buyer name', 'member name', 'user name', 'contact name', 'account name', 'company name', 'full name', 'name', '客户名称', '客户姓名', '客户名', '顾客姓名', '会员姓名', '会员名称', '用户姓名', '用户名', '用户昵称', '买家姓名', '收货人姓名', '姓名'],
  productName: ['product name', 'product title', 'product description', 'item name', 'item description', 'lineitem name', 'article name', 'product', 'item', 'description', 'title', '商品名称', '商品标题', '商品名', '产品名称', '产品名', '品名', '宝贝标题', '货品名称', '商品', '产品', '商品描述'],
  category: ['category', 'product category', 'category name', 'product category name', 'item category', 'department', 'product type', 'product line', 'product family', 'product group', 'commodity', '类别', '商品类别', '产品类别', '品类', '商品品类', '分类', '商品分类', '产品分类', '类目'],
}

const CUSTOMER_WORDS =
  /\b(customer|client|member|buyer|user|segment|city|state|province|county|country|region|territory|postal|postcode|zip|address|phone|mobile|email|e mail|gender|sex|age|birth|birthday|born|company|loyalty|tier|language|marital|income|education|occupation)\b|客户|顾客|会员|用户|买家|城市|省|市$|国家|地区|区域|性别|年龄|生日|出生|邮编|地址|手机|电话|邮箱|职业|学历/
const PRODUCT_WORDS = /\b(product|item|article|sub category|subcategory|brand|manufacturer|maker|supplier|vendor|colour|color|size|model|material|style|genre|author)\b|商品|产品|品牌|子类|型号|规格|颜色|尺码|供应商|厂商|款式/
const ORDER_WORDS = /\b(order|invoice|ship|shipping|delivery|payment|discount|profit|cost|tax|margin|coupon|promotion|status|channel|store|quantity)\b|订单|发货|配送|快递|支付|付款|折扣|利润|成本|税|优惠|促销|状态|渠道|门店|店铺/
/** Digits that are no quantities. */
const CODE_WORDS = /\b(id|no|number|code|key|postal|postcode|zip|phone|mobile|tel|fax|sku|ean|upc|year|month)\b|编号|号$|编码|代码|邮编|电话|手机|条码/

/**
 * A heading without its spelling: `CustomerID`, `customer_id`, `Customer-Id` and `CUSTOMER ID` are `customer id`.
 * Units in brackets fall away: `Sales (USD)` is `sales`, `金额（元）` is `金额`.
 */
export function plainHeading(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s*[([].*?[)\]]\s*/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[\s!-/:-@[-`{-~]+/g, ' ') // ASCII marks; classes of Unicode take 10 ms to compile
    .replace(/([\u3400-\u9fff]) (?=[a-z\u3400-\u9fff])|([a-z]) (?=[\u3400-\u9fff])/g, '$1$2')
    .replace(/\b(invoice|order|transaction|customer|product|receipt|item|bill|member|account|article|cust)(id|no|num|number|code|date|time|name)\b/g, '$1 $2')
    .replace(/\b(stock)(code)\b|\b(unit)(price)\b/g, '$1$3 $2$4')
    .replace(/\bnum\b|\bnr\b/g, 'number')
    .trim()
}

/** Of what a further column tells, by its heading: what neither names a customer nor a product belongs to the line. */
export function ownerOf(plain: string): ImportAttribute['of'] {
  if (ORDER_WORDS.test(plain)) return 'transactions'
  if (PRODUCT_WORDS.test(plain)) return 'products'
  return CUSTOMER_WORDS.test(plain) ? 'customers' : 'transactions'
}

export function namesCodes(plain: string): boolean {
  return CODE_WORDS.test(plain)
}
