from datetime import date

from clothier.places.models import Region, Store
from clothier.staff.models import Scope


def test_a_role_holds_at_home_in_scoped_stores_and_in_the_open_stores_of_a_region(cast):
    north = Region.objects.create(name="华北")
    beijing = Store.objects.create(code="bj-guomao", name="国贸店", region=north, city="北京")
    Store.objects.create(code="bj-old", name="旧店", region=north, city="北京", closed_on=date(2026, 1, 1))
    assert cast.viewer(cast.wu).stores == {cast.store.pk}
    Scope.objects.create(employee=cast.wu, store=cast.other_store)
    Scope.objects.create(employee=cast.wu, region=north)
    assert cast.viewer(cast.wu).stores == {cast.store.pk, cast.other_store.pk, beijing.pk}
