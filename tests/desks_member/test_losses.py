"""Something was left behind: told on one's own page, promised an answer, found among what the shop keeps."""

import pytest

from clothier.cases import services
from clothier.cases.models import Case
from clothier.cases.selectors import matches
from clothier.kernel.access import SYSTEM
from clothier.standards.selectors import promises_for
from tests.cases.conftest import opened
from tests.desks_casework.conftest import coat, complaint, lin
from tests.desks_member.test_matters import phone

__all__ = ["coat", "complaint", "lin", "phone"]


@pytest.fixture
def told(cast) -> dict[str, str | int]:
    return {"text": "黑色折叠雨伞，木头柄", "store": cast.store.pk, "place": "试衣间", "day": "2026-11-13", "key": "k"}


def test_a_loss_is_told_once_and_followed_on_its_card_with_the_day_by_which_we_answer(phone, lin, cast, told):
    for _again in range(2):
        answer = phone.post("/me/lost/", told)
    case = Case.objects.get()
    assert (case.kind, case.customer_id, case.store_id, case.origin, case.holder) == (
        "lost", lin, cast.store.pk, "member", "",
    )  # fmt: skip
    (promise,) = promises_for(SYSTEM, subject=case.ref)
    assert (promise.key, promise.target_seconds, promise.state) == ("lost_answer", 86_400, "running")
    card = phone.get(answer["Location"]).content.decode()
    assert "2026-11-13 · 试衣间" in card
    assert "我们正在店里找" in card
    assert 'value="2026-11-14"' in phone.get("/me/lost/").content.decode()
    assert f"/me/cases/{case.pk}/" in phone.get("/me/cases/").content.decode()


def test_what_the_shop_found_is_shown_beside_it_and_said_to_be_found_keeps_the_promise(phone, cast, told):
    find = opened(cast, kind="lost", holder="shop", store=cast.store.pk, text="捡到一把黑色雨伞")
    phone.post("/me/lost/", told)
    case = Case.objects.exclude(pk=find.pk).get()
    assert [match.case.id for match in matches(cast.viewer(cast.wu), case)] == [find.pk]
    services.claim_find(case=case.pk, find=find.pk, actor=cast.wu.pk)
    assert [promise.state for promise in promises_for(SYSTEM, subject=case.ref)] == ["kept"]
    card = phone.get(phone.get(f"/me/cases/{case.pk}/")["Location"]).content.decode()
    assert "请来店里领取" in card


def test_a_find_promises_nobody_an_answer(cast):
    find = opened(cast, kind="lost", holder="shop", text="捡到一把伞")
    assert promises_for(SYSTEM, subject=find.ref) == []


def test_a_loss_without_words_or_of_a_store_that_is_none_is_refused(phone, told):
    for wrong in ({"text": " "}, {"store": 999_999}):
        assert phone.post("/me/lost/", told | wrong).status_code == 422
    assert Case.objects.count() == 0
