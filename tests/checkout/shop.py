"""A shop with goods on the rail: what tests of the till sell."""

from clothier.catalog.contracts import CategoryFacts, StockCount, StyleFacts, VariantFacts
from clothier.catalog.models import Sku
from clothier.catalog.services import save_categories, set_stock, upsert_style
from clothier.checkout import services
from clothier.checkout.models import Cart
from clothier.checkout.services.confirming import due_of

COAT, KNIT, SCARF = 129_900, 39_900, 9_900


def goods(store: int) -> dict[str, Sku]:
    """A coat in S, M and L, a knit in two colours, a scarf; five of each but of the large coat."""
    save_categories(
        categories=[CategoryFacts("coat", "大衣", "Coat", "coat"), CategoryFacts("knit", "毛衫", "Knit", "knit"),
                    CategoryFacts("scarf", "围巾", "Scarf", "scarf")]
    )  # fmt: skip
    for code, name, category, price, variants in (
        ("C2001", "羊绒大衣", "coat", COAT, [("black", size) for size in ("S", "M", "L")]),
        ("K2071", "圆领毛衫", "knit", KNIT, [("black", "M"), ("white", "M")]),
        ("A1001", "围巾", "scarf", SCARF, [("black", "均码")]),
    ):
        facts = tuple(VariantFacts(colour, size) for colour, size in variants)
        upsert_style(
            style=StyleFacts(
                code=code, name=name, category=category, price_fen=price, cost_fen=price // 3, variants=facts
            )
        )
    found = {sku.code: sku for sku in Sku.objects.all()}
    set_stock(counts=[StockCount(store, sku.pk, 0 if sku.size == "L" else 5) for sku in found.values()])
    return found


def confirmed(cart: Cart) -> Cart:
    for what in ("goods", "discounts", "amount"):
        services.confirm(cart=cart.pk, what=what, fen=due_of(Cart.objects.get(pk=cart.pk)), actor=None)
    return cart


def bought(store: int, *codes: str, actor: int, customer: int | None = None, points: int = 0) -> Cart:
    """A finished sale of these pieces, paid in cash."""
    cart = services.open_cart(store=store, actor=actor, customer=customer)
    for code in codes:
        services.scan(cart=cart.pk, code=code, actor=actor)
    if points:
        services.choose_points(cart=cart.pk, points=points, actor=actor)
    confirmed(cart)
    return services.pay_cash(cart=cart.pk, tendered_fen=10_000_00, actor=actor, key=f"cash:{cart.pk}")
