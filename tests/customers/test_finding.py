import pytest

from clothier.customers.models import AccessRecord
from clothier.customers.selectors import card, find
from clothier.customers.services import note_fact
from clothier.kernel.access import SYSTEM, Denied, Role, Viewer
from tests.customers.people import lin, phone, somebody

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    ["林", "林晓", "林晓梅", "晓梅", "梅", "linxiaomei", "linx", "lxm", "xiaom", "LXM", "M10086", "m10086", "8000",
     "13800138000", "138 0013 8000", "＋86 13800138000"],
)  # fmt: skip
def test_ms_lin_is_found_by(query, saturday):
    pk = lin()
    somebody("周杰", phone("13911112222"))
    assert [hit.customer_id for hit in find(SYSTEM, query)] == [pk]


@pytest.mark.parametrize("query", ["", "  ", "晓林", "lx1", "138001380", "%", "_", "' OR 1=1 --"])
def test_nobody_is_found_by(query, saturday):
    lin()
    assert find(SYSTEM, query) == []


def test_surnames_are_read_as_surnames_and_western_names_by_any_word(saturday):
    zeng = somebody("曾敏")
    smith = somebody("José Smith")
    assert [hit.customer_id for hit in find(SYSTEM, "zengm")] == [zeng]
    assert [hit.customer_id for hit in find(SYSTEM, "smith")] == [smith]
    assert [hit.customer_id for hit in find(SYSTEM, "jose")] == [smith]


def test_a_person_of_two_records_is_one_line(saturday):
    pk = lin()
    lin(identifiers=(phone(),))
    assert [hit.customer_id for hit in find(SYSTEM, "林晓梅")] == [pk]


def test_the_phone_is_shown_masked(saturday):
    lin()
    assert find(SYSTEM, "lxm")[0].phone == "138****8000"


def test_the_search_asks_the_database_four_times_at_most(saturday, django_assert_max_num_queries):
    for n in range(30):
        somebody("王芳", phone(f"138{n:08d}"))
    with django_assert_max_num_queries(4):
        assert len(find(SYSTEM, "wangfang")) == 20


def test_the_mall_and_customers_may_not_search(saturday):
    for role in (Role.MALL, Role.CUSTOMER):
        with pytest.raises(Denied):
            find(Viewer(user=1, employee=None, role=role), "林")


def test_the_card_shows_sizes_likes_and_needs_and_the_read_is_logged(saturday, django_assert_num_queries):
    pk = lin()
    for field, value, qualifier in [
        ("size", "M", "大衣"), ("colour", "驼色", ""), ("sensitivity", "羊毛扎", "")
    ]:  # fmt: skip
        note_fact(customer_id=pk, field=field, value=value, qualifier=qualifier)
    viewer = Viewer(user=5, employee=7, role=Role.ASSOCIATE)
    with django_assert_num_queries(8):
        seen = card(viewer, pk)
    assert seen is not None
    assert (seen.name, seen.title, seen.phone, seen.layer) == ("林晓梅", "女士", "138****8000", "regular")
    assert [(fact.qualifier, fact.value) for fact in (*seen.sizes, *seen.likes, *seen.needs)] == [
        ("大衣", "M"), ("", "驼色"), ("", "羊毛扎")
    ]  # fmt: skip
    read = AccessRecord.objects.get()
    assert (read.customer_id, read.employee_id, read.role, read.what) == (pk, 7, "associate", "card")


def test_there_is_no_card_of_nobody(saturday):
    assert card(SYSTEM, 404) is None
