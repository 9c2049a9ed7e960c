"""What is above one's authority waits on a page for whoever may say yes."""

import pytest

from clothier.cases.models import Compensation


@pytest.fixture
def asked(zhou, complaint) -> Compensation:
    zhou.post(f"/cases/{complaint}/compensation/", {"form": "coupon", "fen": "120", "reason": "洗坏了，很生气"})
    return Compensation.objects.get()


def test_fifty_is_given_at_once_and_a_hundred_and_twenty_waits_for_somebody_else(zhou, wu, complaint):
    zhou.post(f"/cases/{complaint}/compensation/", {"form": "service", "fen": "50", "reason": "先表歉意"})
    assert Compensation.objects.get().state == "issued"
    zhou.post(f"/cases/{complaint}/compensation/", {"form": "coupon", "fen": "120", "reason": "还不够"})
    waiting = Compensation.objects.latest("pk")
    assert waiting.state == "asked"
    wu.post(f"/cases/approvals/{waiting.pk}/decision/", {"yes": "1"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.document[:7]) == ("issued", "coupon:")


def test_the_page_shows_the_buttons_to_those_who_may_decide(zhou, wu, asked):
    assert 'name="yes"' not in zhou.get("/cases/approvals/").content.decode()
    assert 'name="yes"' in wu.get("/cases/approvals/").content.decode()


def test_the_page_shows_how_long_a_decision_may_still_take(wu, asked, saturday):
    (clock,) = wu.get("/cases/approvals/").context["clocks"].values()
    assert (clock.key, clock.subject.id, clock.target_seconds) == ("compensation_decision", asked.pk, 4 * 3_600)
    wu.post(f"/cases/approvals/{asked.pk}/decision/", {"yes": "1"})
    assert wu.get("/cases/approvals/").context["clocks"] == {}


def test_a_no_needs_its_reason(wu, asked):
    wu.post(f"/cases/approvals/{asked.pk}/decision/", {"yes": "0", "reason": ""})
    asked.refresh_from_db()
    assert asked.state == "asked"
    wu.post(f"/cases/approvals/{asked.pk}/decision/", {"yes": "0", "reason": "先换货"})
    asked.refresh_from_db()
    assert asked.state == "refused"


def test_what_is_not_there_is_not_found(wu):
    assert wu.post("/cases/approvals/987654/decision/", {"yes": "1"}).status_code == 404


def test_the_page_says_what_may_be_given_and_whom_to_ask(zhou, complaint):
    page = zhou.get(f"/cases/{complaint}/?do=compensation").content.decode()
    assert "¥50" in page
    assert "¥1,000" in page
