"""The back office is head office's alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from clothier.catalog.contracts import CategoryFacts
from clothier.catalog.models import Style
from clothier.catalog.services import save_categories
from clothier.eventlog.models import Entry
from clothier.kernel.access import Role
from clothier.places.models import Region, Store
from clothier.staff.models import Employee, User


@pytest.fixture
def office(client, cast):
    """Sign somebody of the cast in and open a page."""

    def open_page(employee: Employee, page: str, /, *args: int, **data: str):
        client.force_login(employee.user)
        url = reverse(f"admin:{page}", args=args)
        return client.post(url, data) if data else client.get(url)

    return open_page


def test_a_stranger_is_sent_to_the_shops_own_sign_in(client, db):
    response = client.get("/office/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("name", ["zhou", "chen", "wu"])
def test_the_shop_floor_is_told_that_it_may_not(office, client, cast, name):
    office(getattr(cast, name), "catalog_style_changelist")
    assert client.get("/office/login/").status_code == 403


@pytest.mark.parametrize(
    "page",
    [
        "index", "catalog_style_changelist", "catalog_sku_changelist", "catalog_stock_changelist",
        "catalog_category_changelist", "catalog_colour_changelist", "places_region_changelist",
        "places_store_changelist", "places_zone_changelist", "staff_employee_changelist", "staff_shift_changelist",
        "catalog_style_add", "places_store_add", "staff_employee_add",
    ],
)  # fmt: skip
def test_an_operator_opens_every_page(office, cast, page):
    assert office(cast.gao, page).status_code == 200


def test_sign_ins_are_changed_by_administrators_only(office, cast):
    page = ("staff_user_change", cast.zhou.user_id)
    shut = {"username": "e001", "date_joined_0": "2026-11-14", "date_joined_1": "10:00", "language": ""}
    assert office(cast.gao, *page, **shut).status_code == 403
    assert User.objects.get(username="e001").is_active
    Employee.objects.filter(pk=cast.gao.pk).update(role=Role.ADMIN)
    assert office(cast.gao, *page, **shut).status_code == 302
    assert not User.objects.get(username="e001").is_active


def test_an_operator_deletes_no_store(office, cast):
    assert office(cast.gao, "places_store_delete", cast.store.pk).status_code == 403
    assert Store.objects.filter(pk=cast.store.pk).exists()


def test_what_history_points_to_is_kept_even_by_administrators(office, cast):
    Employee.objects.filter(pk=cast.gao.pk).update(role=Role.ADMIN)
    empty = Region.objects.create(name="西北")
    assert office(cast.gao, "places_store_delete", cast.store.pk, post="yes").status_code == 403
    assert office(cast.gao, "places_region_delete", cast.store.region_id, post="yes").status_code == 403
    assert office(cast.gao, "places_region_delete", empty.pk, post="yes").status_code == 302
    assert (Store.objects.count(), list(Region.objects.values_list("name", flat=True))) == (2, ["华东"])


def test_who_lost_the_phone_is_let_in_by_password_again(office, cast):
    Employee.objects.filter(pk=cast.gao.pk).update(role=Role.ADMIN)
    Authenticator.objects.create(user=cast.zhou.user, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=cast.wu.user, type=Authenticator.Type.TOTP, data={})
    chosen = {"action": "forget", "_selected_action": str(cast.zhou.user_id)}
    assert office(cast.gao, "staff_user_changelist", **chosen).status_code == 302
    assert [key.user_id for key in Authenticator.objects.all()] == [cast.wu.user_id]
    entry = Entry.objects.get(type="account.second_factors_forgotten")
    assert (entry.actor_id, entry.payload) == (cast.gao.pk, {"user_id": cast.zhou.user_id})


def test_a_style_is_written_in_yuan_and_as_on_the_label(office, cast):
    category = save_categories(categories=[CategoryFacts("coat", "大衣")])["coat"]
    filled = {
        "code": "K9001", "category": str(category), "name": "双面羊毛短大衣", "gender": "women", "season": "winter",
        "price": "1299", "cost": "389.50", "label": "羊毛90% 羊绒10%", "words_of_tags": "通勤、保暖",
        "skus-TOTAL_FORMS": "0", "skus-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert office(cast.gao, "catalog_style_add", **filled).status_code == 302
    style = Style.objects.get(code="K9001")
    assert (style.price_fen, style.cost_fen) == (129_900, 38_950)
    assert (style.fabric, style.tags) == ({"wool": 90, "cashmere": 10}, ["通勤", "保暖"])
    assert "smymddy" in style.words
    entry = Entry.objects.get(type="style.saved")
    assert (entry.actor_id, entry.payload["created"]) == (cast.gao.pk, True)


def test_a_fabric_of_more_than_all_is_refused(office, cast):
    response = office(cast.gao, "catalog_style_add", code="K9002", price="1", label="羊毛90% 羊绒20%")
    assert "成分合计超过了100%" in response.content.decode()
    assert not Style.objects.exists()


def test_a_changed_store_is_recorded_with_who_changed_it(office, cast):
    filled = {
        "code": cast.store.code, "kind": "street", "name": "南京路店", "region": str(cast.store.region_id),
        "city": "上海", "calendar": "store", "zone_info": "Asia/Shanghai", "mall": "云庭广场",
        "zones-TOTAL_FORMS": "0", "zones-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert office(cast.gao, "places_store_change", cast.store.pk, **filled).status_code == 302
    cast.store.refresh_from_db()
    assert cast.store.mall == "云庭广场"
    assert Entry.objects.get(type="store.saved").actor_id == cast.gao.pk


def test_people_of_the_office_are_found_by_number(office, client, cast):
    office(cast.gao, "staff_employee_changelist")
    page = client.get("/office/staff/employee/?q=e001").content.decode()
    assert "周敏" in page
    assert "吴静" not in page
    assert User.objects.count() == 4
