"""Run inside the shop: two stores, people to serve and to be served, goods to sell. JSON in, JSON out."""

import json
import sys
from datetime import timedelta

import django

PASSWORD = "a password for tests"
STOCK = 1_000_000
# Members who pay with points now and then, what each of them has, and the money each drawer begins with.
MEMBERS, POINTS, FLOAT = 6, 50_000, 500_00


def prepare(*, customers: int, associates: int, hook: str) -> dict[str, object]:
    from clothier.api.contracts import Scope
    from clothier.api.models import ApiKey
    from clothier.api.services import create_key, subscribe
    from clothier.catalog.contracts import CategoryFacts, StockCount, StyleFacts, VariantFacts
    from clothier.catalog.models import Sku
    from clothier.catalog.services import save_categories, set_stock, upsert_style
    from clothier.customers.contracts import NewIdentifier
    from clothier.customers.rules.identifiers import Kind
    from clothier.customers.services import register
    from clothier.kernel import clock
    from clothier.loyalty.services import grant
    from clothier.places.models import Region, Store, Zone
    from clothier.settlement.services import add_till, open_till
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
        drawer = add_till(store=store.pk, code=f"t{number}", name=f"{number}号台", actor=one.pk)
        open_till(till=drawer.pk, float_fen=FLOAT, actor=one.pk)
        people[user.username] = {"employee": one.pk, "store": store.code}
    save_categories(categories=[CategoryFacts("coat", "大衣", "Coat", "coat")])
    sizes = tuple(VariantFacts("black", size) for size in ("S", "M", "L"))
    upsert_style(style=StyleFacts(code="C1", name="羊绒大衣", category="coat", price_fen=129_900, variants=sizes))
    skus = list(Sku.objects.order_by("id"))
    set_stock(counts=[StockCount(store.pk, sku.pk, STOCK) for store in stores for sku in skus])
    known = [register(name=f"顾客{n}", store=stores[n % 2].pk, source="shop") for n in range(customers)]
    members = {}
    for n in range(MEMBERS):
        number = NewIdentifier(Kind.MEMBER, f"M000{n}", verified=True)
        members[f"M000{n}"] = register(name=f"会员{n}", store=stores[n % 2].pk, source="shop", identifiers=[number])
        grant(customer=members[f"M000{n}"], points=POINTS, reason="goodwill", key=f"faults-{n}")
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
        "members": members,
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(prepare(**json.load(sys.stdin))))
