"""The questions about sales, by the names other packages ask them."""

from clothier.checkout.proof import order_differences
from clothier.checkout.selectors.carts import (
    cart_by_link,
    cart_link,
    cart_view,
    carts_for,
    carts_here,
    corrections_of,
    door_link,
    seen,
    store_by_door,
)
from clothier.checkout.selectors.figures import extracts, returning_by_store, sales_by_store
from clothier.checkout.selectors.invoices import TitleView, invoices_for, title_of, titles_of
from clothier.checkout.selectors.orders import (
    batch_sums,
    bought_by,
    buyers_among,
    buyers_at,
    order_lines,
    purchases_of,
    sales_between,
    sold_lines_of,
    spent,
)
from clothier.checkout.selectors.quoting import points_rule
from clothier.checkout.selectors.sales import (
    SaleView,
    SoldLine,
    copies_of,
    invoice_of,
    orders_for,
    own_sale,
    receipt_link,
    sale_by_link,
    sale_view,
    sales_here,
)
from clothier.checkout.selectors.tenders import points_taken, tendered

__all__ = [
    "SaleView",
    "SoldLine",
    "TitleView",
    "batch_sums",
    "bought_by",
    "buyers_among",
    "buyers_at",
    "cart_by_link",
    "cart_link",
    "cart_view",
    "carts_for",
    "carts_here",
    "copies_of",
    "corrections_of",
    "door_link",
    "extracts",
    "invoice_of",
    "invoices_for",
    "order_differences",
    "order_lines",
    "orders_for",
    "own_sale",
    "points_rule",
    "points_taken",
    "purchases_of",
    "receipt_link",
    "returning_by_store",
    "sale_by_link",
    "sale_view",
    "sales_between",
    "sales_by_store",
    "sales_here",
    "seen",
    "sold_lines_of",
    "spent",
    "store_by_door",
    "tendered",
    "title_of",
    "titles_of",
]
