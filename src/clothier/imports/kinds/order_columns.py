"""The columns of an order history, and the words files use for them."""

from clothier.imports.contracts import Column, gettext_noop

COLUMNS = (
    Column("number", gettext_noop("单号"), True, (
        "InvoiceNo", "invoice", "invoice number", "order no", "order number", "order id", "orderid", "receipt",
        "receipt no", "transaction id", "transaction", "订单号", "订单编号", "小票号", "流水号", "交易号", "单据号",
    )),
    Column("code", gettext_noop("款号"), True, (
        "StockCode", "stock code", "sku", "item code", "product code", "product id", "item no", "article", "style",
        "barcode", "货号", "商品编码", "商品编号", "款式", "条码", "SKU编码",
    )),
    Column("quantity", gettext_noop("数量"), True, ("qty", "units", "pieces", "pcs", "件数", "销售数量")),
    Column("occurred_at", gettext_noop("时间"), True, (
        "InvoiceDate", "order date", "order time", "date", "datetime", "timestamp", "sold at", "created at",
        "日期", "下单时间", "交易时间", "销售时间", "销售日期", "订单时间", "付款时间",
    )),
    Column("unit_price", gettext_noop("单价"), False, ("UnitPrice", "price", "售价", "成交价", "实售价")),
    Column("total", gettext_noop("小计"), False, (
        "line total", "amount", "total", "net amount", "金额", "成交金额", "实付金额", "实付", "销售金额",
    )),
    Column("description", gettext_noop("名称"), False, (
        "Description", "product name", "item name", "product", "item", "商品名称", "品名", "商品",
    )),
    Column("customer", gettext_noop("顾客编号"), False, (
        "CustomerID", "customer", "customer no", "customer number", "member no", "member id", "client id", "buyer",
        "会员号", "会员编号", "会员卡号", "客户编号", "顾客", "会员",
    )),
    Column("store", gettext_noop("门店"), False, (
        "store code", "shop", "branch", "outlet", "门店编码", "店铺", "店号",
    )),
    Column("currency", gettext_noop("币种"), False, ("currency code", "货币")),
    Column("seller", gettext_noop("导购工号"), False, (
        "employee", "employee no", "salesperson", "cashier", "工号", "导购", "店员",
    )),
    Column("order_kind", gettext_noop("单据类型"), False, (
        "order type", "type", "status", "订单状态", "状态", "类型",
    )),
    Column("country", gettext_noop("国家"), False, ("Country", "国家/地区", "地区")),
)  # fmt: skip
