from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Count, Exists, OuterRef, QuerySet

from clothier.kernel.rows import prepared
from clothier.staff.models import Employee, Shift


@prepared
def named(number: str) -> "QuerySet[Employee, Employee]":
    return Employee.objects.filter(number=number)


@prepared
def numbers(role: str, above: int) -> "QuerySet[Employee, str]":
    return Employee.objects.filter(role=role, pk__gt=above).order_by("number").values_list("number", flat=True)


@prepared
def running(employee: int, at: datetime) -> "QuerySet[Shift, tuple[int, datetime]]":
    return Shift.objects.filter(employee=employee, starts_at__lte=at, ends_at__gt=at).values_list(
        "store_id", "starts_at"
    )


@prepared
def chosen(people: list[int], most: int) -> "QuerySet[Employee, str]":
    return Employee.objects.filter(pk__in=people).order_by("number").values_list("number", flat=True)[:most]


@prepared
def with_store(number: str) -> "QuerySet[Employee, Employee]":
    return Employee.objects.filter(number=number).select_related("home_store", "user")


def test_it_answers_what_the_query_set_answers(cast, django_assert_num_queries):
    numbers(role="associate", above=0)
    with django_assert_num_queries(4):
        assert named(number=cast.zhou.number) == [cast.zhou]
        assert numbers(role="associate", above=0) == list(
            Employee.objects.filter(role="associate").order_by("number").values_list("number", flat=True)
        )
        assert named(number="nobody") == []


def test_a_row_comes_back_whole_and_saved(cast):
    (zhou,) = named(number=cast.zhou.number)
    assert (zhou.name, zhou.left_on, zhou._state.adding, zhou.get_deferred_fields()) == ("周敏", None, False, set())


def test_times_go_in_and_come_out_aware(cast):
    at = Shift.objects.filter(employee=cast.zhou).order_by("starts_at").first().starts_at
    assert set(running(employee=cast.zhou.pk, at=at)) == {(cast.store.pk, at)}
    assert running(employee=cast.zhou.pk, at=at - timedelta(microseconds=1)) == []


def test_a_parameter_the_database_does_not_get_as_it_is_is_refused(db):
    @prepared
    def like(part: str) -> "QuerySet[Employee, Employee]":
        return Employee.objects.filter(name__contains=part)

    @prepared
    def odd(share: Decimal) -> "QuerySet[Employee, Employee]":
        return Employee.objects.filter(pk=share)

    with pytest.raises(TypeError, match="like: part does not reach the query as it is"):
        like(part="周")
    with pytest.raises(TypeError, match="cannot be a parameter"):
        odd(share=Decimal(1))


def test_a_list_may_have_any_length_and_rows_may_end_where_the_asker_says(cast, django_assert_num_queries):
    everybody = [cast.zhou.pk, cast.wu.pk, cast.chen.pk]
    numbered = sorted([cast.zhou.number, cast.wu.number, cast.chen.number])
    assert chosen(people=everybody, most=9) == numbered
    assert chosen(people=everybody, most=2) == numbered[:2]
    assert chosen(people=everybody[:1], most=9) == [cast.zhou.number]
    with django_assert_num_queries(0):
        assert chosen(people=[], most=9) == []


def test_what_belongs_to_a_row_comes_along_with_it(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        (zhou,) = with_store(number=cast.zhou.number)
        assert (zhou.home_store.code, zhou.user.username) == (cast.store.code, cast.zhou.user.username)


@prepared
def working(stores: list[int] | None, roles: list[str] | None, gone: bool, most: int) -> "QuerySet[Employee, str]":
    people = Employee.objects.filter(left_on__isnull=not gone).order_by("number").values_list("number", flat=True)
    if stores is not None:
        people = people.filter(home_store__in=stores)
    if roles is not None:
        people = people.filter(role__in=roles)
    return people[:most]


def test_what_is_not_given_is_not_asked_about(cast, django_assert_num_queries):
    people = Employee.objects.order_by("number").values_list("number", flat=True)
    here, some = frozenset({cast.store.pk}), ("associate", "operator")
    assert working(stores=None, roles=None, gone=False, most=99) == list(people)
    assert working(stores=None, roles=None, gone=True, most=99) == []
    assert working(stores=here, roles=None, gone=False, most=99) == list(people.filter(home_store=cast.store))
    assert working(stores=None, roles=some, gone=False, most=99) == list(people.filter(role__in=some)) != list(people)
    assert working(stores=here, roles=["nobody"], gone=False, most=99) == []
    with django_assert_num_queries(0):
        assert working(stores=frozenset(), roles=some, gone=False, most=99) == []


@prepared
def left_since(day: date) -> "QuerySet[Employee, Employee]":
    return Employee.objects.filter(left_on__gte=day)


def test_a_day_goes_in_as_a_day(cast):
    Employee.objects.filter(pk=cast.zhou.pk).update(left_on=date(2026, 11, 14))
    assert left_since(day=date(2026, 11, 14)) == [cast.zhou]
    assert left_since(day=date(2026, 11, 15)) == []


@prepared
def with_shifts(number: str) -> "QuerySet[Employee, Employee]":
    people = Employee.objects.filter(number=number).select_related("home_store")
    return people.annotate(turns=Count("shifts"), planned=Exists(Shift.objects.filter(employee=OuterRef("pk"))))


def test_what_is_reckoned_beside_a_row_comes_along_too(cast):
    ((zhou,), (chen,)) = (with_shifts(number=who.number) for who in (cast.zhou, cast.chen))
    assert (zhou.turns, zhou.planned, zhou.home_store.code) == (cast.zhou.shifts.count(), True, cast.store.code)
    assert (chen.turns, chen.planned) == (cast.chen.shifts.count(), cast.chen.shifts.exists())
