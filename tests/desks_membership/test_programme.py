"""The operator's pages of the programme: what is owed, campaigns, and points given by hand within one's authority."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import register
from clothier.loyalty.models import Campaign, Grant
from clothier.loyalty.selectors import balance
from clothier.loyalty.services import count_programme, grant, review
from tests.cast import Cast
from tests.loyalty.ledger import bought


@pytest.fixture
def lin(cast: Cast) -> int:
    lin = register(name="林晓", identifiers=[NewIdentifier(Kind.MEMBER, "M1", verified=True)])
    bought(lin, 1, 30_000)
    grant(customer=lin, points=200, reason="birthday", key="b")
    review([lin])
    count_programme()
    return lin


def signed_in(employee) -> Client:
    client = Client()
    client.force_login(employee.user)
    return client


def test_the_overview_tells_points_owed_and_their_worth(cast, lin):
    page = signed_in(cast.gao).get("/membership/")

    stands = page.context["stands"]
    assert (stands.points, stands.fen, stands.pending, stands.members) == (500, 500, 300, {"": 1})
    assert "¥5" in page.content.decode()


def test_points_owed_are_a_workbook_by_month(cast, lin):
    file = signed_in(cast.gao).get("/membership/points.xlsx")

    rows = list(load_workbook(BytesIO(file.content)).active.iter_rows(values_only=True))
    assert [row[1:] for row in rows[1:]] == [(500, 5)]


def test_a_member_is_found_by_number(cast, lin):
    assert signed_in(cast.gao).get("/membership/?member=m1")["Location"] == f"/membership/members/{lin}/"
    assert "没有找到" in signed_in(cast.gao).get("/membership/?member=M9", HTTP_ACCEPT_LANGUAGE="zh").content.decode()


CAMPAIGN = {"name": "会员日", "times": "2", "starts": "2026-11-01", "ends": "2026-11-30", "month_days": "8、18"}


def test_a_campaign_is_tried_before_it_is_saved_and_raises_what_is_earned(cast, lin, saturday):
    gao = signed_in(cast.gao)
    tried = gao.post("/membership/campaigns/new/", {**CAMPAIGN, "month_days": "14", "preview": "1"})
    assert (tried.context["tried"].orders, tried.context["tried"].extra) == (1, 300)
    assert Campaign.objects.count() == 0

    gao.post("/membership/campaigns/new/", {**CAMPAIGN, "month_days": "14", "least": "100"})
    assert bought(lin, 2, 10_000) == 200
    assert bought(lin, 3, 9_900) == 99
    campaign = Campaign.objects.get()
    assert gao.get(f"/membership/campaigns/{campaign.pk}/").context["form"].initial["least"] == "100"

    gao.post(f"/membership/campaigns/{campaign.pk}/end/")
    assert bought(lin, 4, 10_000) == 100


@pytest.mark.parametrize(
    "wrong",
    [{"times": "1"}, {"times": "99"}, {"ends": "2026-10-01"}, {"month_days": "32"}, {"least": "viel"}, {"name": ""}],
)
def test_a_campaign_that_makes_no_sense_is_told_next_to_the_field(cast, db, wrong):
    page = signed_in(cast.gao).post("/membership/campaigns/new/", {**CAMPAIGN, **wrong})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == set(wrong)


def test_an_associate_gives_points_within_authority_and_no_further(cast, lin):
    zhou = signed_in(cast.zhou)
    path = f"/membership/members/{lin}/grants/"
    told = {"points": "3000", "reason": "goodwill", "reference": "case:7", "key": "one"}
    assert zhou.post(path, told).status_code == 302
    assert zhou.post(path, told).status_code == 302
    assert balance(lin).available == 3_200

    beyond = zhou.post(path, {**told, "points": "2001", "key": "two"})

    assert beyond.status_code == 422
    assert "points" in beyond.context["form"].errors
    assert Grant.objects.filter(actor_id=cast.zhou.pk).count() == 1
    assert signed_in(cast.gao).post(path, {**told, "points": "50000", "key": "three"}).status_code == 302


def test_a_link_is_shown_as_a_square(cast, lin):
    page = signed_in(cast.zhou).post(f"/membership/members/{lin}/link/")

    assert "/me/open/" in page.context["address"]
    assert page["Cache-Control"] == "no-store"


def test_the_profile_says_tier_and_points(cast, lin):
    page = signed_in(cast.gao).get(f"/membership/members/{lin}/")
    assert (page.context["balance"].available, page.context["balance"].pending) == (200, 300)
    assert signed_in(cast.gao).get(f"/customers/{lin}/").status_code == 200
