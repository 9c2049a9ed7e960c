"""Run inside the shop: two stores, people to serve and to be served, goods to sell. JSON in, JSON out."""

import json
import sys
from datetime import timedelta

import django

PASSWORD = "a password for tests"
STOCK = 1_000_000


def prepare(*, customers: int, associates: int, hook: str) -> dict[str, object]:
    from clothier.api.contracts import Scope
    from clothier.api.models import ApiKey
    from clothier.api.services import create_key, subscribe
    from clothier.catalog.contracts import CategoryFacts, StockCount, StyleFacts, VariantFacts
    from clothier.catalog.models import Sku
    from clothier.catalog.services import save_categories, set_stock, upsert_style
    from clothier.customers.services import register
    from clothier.kernel import clock
    from clothier.places.models import Region, Store, Zone
    from clothier.staff.models import Employee, Shift, User

    region = Region.objects.create(name="华东")
    stores = [Store.objects.create(code=f"s{n}", name=f"{n}店", region=region, city="上海") for n in (1, 2)]
    zones = {store.code: Zone.objects.create(store=store, code="coats", name="大衣区").code for store in stores}
    people = {}
    for number in range(associates):
        user = User.objects.create_user(username=f"a{number}", password=PASSWORD)
        store = stores[number % 2]
        one = Employee.objects.create(
            number=f"a{number}", name=f"店员{number}", user=user, role="associate", home_store=store
        )
        for post in (Shift.Post.ASSOCIATE, Shift.Post.GREETER):
            now = clock.now()
            Shift.objects.create(employee=one, store=store, post=post, starts_at=now, ends_at=now + timedelta(hours=12))
        people[user.username] = {"employee": one.pk, "store": store.code}
    save_categories(categories=[CategoryFacts("coat", "大衣", "Coat", "coat")])
    sizes = tuple(VariantFacts("black", size) for size in ("S", "M", "L"))
    upsert_style(style=StyleFacts(code="C1", name="羊绒大衣", category="coat", price_fen=129_900, variants=sizes))
    skus = list(Sku.objects.order_by("id"))
    set_stock(counts=[StockCount(store.pk, sku.pk, STOCK) for store in stores for sku in skus])
    known = [register(name=f"顾客{n}", store=stores[n % 2].pk, source="shop") for n in range(customers)]
    if hook:
        subscribe(url=hook, types=["visit.arrived", "sale.recorded"], actor=None)
    return {
        "key": create_key(name="machines", scopes=list(Scope)),
        "key_id": ApiKey.objects.get().pk,
        "stores": {store.code: store.pk for store in stores},
        "zones": zones,
        "people": people,
        "skus": {sku.code: sku.pk for sku in skus},
        "customers": known,
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(prepare(**json.load(sys.stdin))))
