import type { CrmMessages } from '../messages.ts'

/** Words that every widget shares: states, provenance, warnings, errors. */
export const commonMessages: CrmMessages['common'] = {
  retry: '重试',
  clearSelection: '清除选择',
  selected: '已选择：{label}',
  stale: '正在计算新数据，当前显示的是之前的数据。',
  staleAfterError: '更新失败，当前显示的是之前的数据。',
  partial: '结果不完整：无法访问 {missing}。显示的数字低于实际值。',
  partialUnnamed: '结果不完整：有一部分数据无法访问。显示的数字低于实际值。',
  errorTitle: '无法计算这些数据',
  errorCode: '错误代码 {code}',
  forbiddenTitle: '您无权查看这些数据',
  notAvailable: '不可用',
  export: '导出',
  exportUnloaded: '页面的这一部分未能加载。请检查网络连接后再按一次。',
  listSeparator: '、',
}

export const computedFromMessages: CrmMessages['computedFrom'] = {
  line: '数据来源：{facts}',
  separator: '，',
  asOf: '截至 {date}',
  customers: { other: '{countText} 位客户' },
  orders: { other: '{countText} 笔订单' },
  lines: { other: '{countText} 条明细' },
  computedInMemory: '在内存中计算',
  computedInMemoryFrom: '从 {engine} 读取并在内存中计算',
  computedByBackend: '由 {engine} 计算',
  exact: '精确',
  approximate: '近似',
  partial: '不完整',
  notes: { other: '{countText} 条说明' },
}

export const warningMessages: CrmMessages['warnings'] = {
  CUSTOMERS_WITHOUT_PURCHASE: { other: '{countText} 位客户在此期间没有购买，因此没有评分。' },
  LINES_AFTER_AS_OF: { other: '{countText} 条明细晚于截止日期，未计入。' },
  LINES_BEFORE_FROM: { other: '{countText} 条明细早于期间开始日期，未计入。' },
  LINES_WITHOUT_CUSTOMER: { other: '{countText} 条明细没有对应的客户，未计入。' },
  LINES_WITHOUT_PRODUCT: { other: '{countText} 条购买明细没有对应的商品，未计入。' },
  ORDERS_NOT_POSITIVE: { other: '{countText} 笔订单的明细合计为零或负数，仍计为订单。' },
  RETURNS_DROPPED: { other: '{countText} 条退货明细未计入。' },
  SCORES_NOT_REACHED: { other: '许多客户的数值相同，因此有 {countText} 个分值没有客户。' },
  SUM_ROUNDED: { other: '{countText} 个合计超出可精确计算的范围，已四舍五入。' },
  TIES_SPLIT: { other: '所选方法会拆分相同的数值：{countText} 位客户与其他客户数值相同，得分却不同。' },
  other: { other: '{countText} 条提示，代码 {code}。' },
}

export const errorMessages: CrmMessages['errors'] = {
  ADAPTER_CLOSED: '与数据的连接已关闭。无法再读取数据。请重新加载页面。',
  BINS_RANGE: '评分的档数不在 2 到 10 之间。无法据此评分。请选择 2 到 10 之间的数字。',
  CURRENCY_MIXED: '金额使用了多种货币。相加会得出错误的数字。请先换算为同一种货币。',
  DATA_INVALID: '数据中含有其类型不允许的值。据此计算的数字会出错。请检查导入过程。',
  DEADLINE_EXCEEDED: '数据源耗时过长。请求已停止。请重试，或选择较少的客户。',
  FILE_MALFORMED: '文件无法完整读取。其中的内容均未采用。请修正所指出的行，或将文件重新存为 CSV。',
  FORBIDDEN: '数据源拒绝访问。您的账号可能无权查看这些数据。请向数据所有者申请权限。',
  INTERNAL: '数据源发生故障。返回的结果均未采用。请重试；如果仍然出现，请反馈错误代码。',
  MONEY_RANGE: '某位客户的购买总额超出可精确计算的范围。数字会被舍入。请检查这些金额。',
  OVERLOADED: '数据源繁忙。暂时不接受新的请求。请稍后重试。',
  PROTOCOL: '数据源返回的内容无法读取。返回的结果均未采用。请反馈错误代码。',
  RATE_LIMITED: '短时间内请求过多。数据源暂时不再响应。请一分钟后重试。',
  RESOURCE_EXHAUSTED: '所需内存超出此处允许的范围。请求在拖慢页面之前已停止。请选择较少的客户，或交由数据库计算。',
  SCORING_UNSUPPORTED: '此评分方法没有独立的切分点。此视图需要切分点。请改用分位数、百分位或固定阈值评分。',
  SNAPSHOT_GONE: '数据已经更新。列表无法从原处继续。请重新开始。',
  TIME_ZONE_UNKNOWN: '无法识别该时区。没有时区就无法按天计算。请选择其他时区。',
  UNAUTHENTICATED: '您尚未登录数据源。会话可能已结束。请重新登录。',
  UNAVAILABLE: '无法连接数据源。没有收到响应。请检查连接后重试。',
  selectionInvalid: '该选择与这些数据不符。它用到了数据中没有的字段或值。请清除选择。',
  invalidInput: '此视图需要的内容在数据中不存在。因此无法计算。请检查视图的设置。',
  unsupported: '此数据源不支持这项计算。它缺少所需的数据或功能。请选择其他视图或其他数据源。',
  other: '出现了问题。无法计算这些数据。请重试；如果仍然出现，请反馈错误代码。',
}
