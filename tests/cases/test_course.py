"""From opening to the customer's word."""

import pytest

from clothier.cases import services
from clothier.cases.models import Case
from clothier.cases.rules.course import replayed
from clothier.cases.selectors import case_for, cases_for
from clothier.eventlog.selectors import history
from clothier.kernel.errors import Refused


@pytest.fixture
def complaint(cast) -> Case:
    return services.open_case(
        kind="complaint",
        topic="product",
        severity="moderate",
        text="毛衣洗一次就起球了",
        origin="chat",
        store=cast.store.pk,
        actor=cast.chen.pk,
        key="open-1",
    )


def test_the_same_key_opens_one_case(cast, complaint):
    again = services.open_case(
        kind="complaint", topic="product", severity="moderate", text="毛衣", origin="chat", key="open-1"
    )
    assert again == complaint
    assert complaint.owner_id == cast.chen.pk


def test_a_complaint_is_closed_by_the_customers_word(cast, complaint):
    services.reply(case=complaint.pk, text="非常抱歉，我们马上处理", actor=cast.chen.pk)
    with pytest.raises(Refused):
        services.done(case=complaint.pk, actor=cast.chen.pk)
    services.offer_solution(case=complaint.pk, text="换一件新的", actor=cast.chen.pk)
    services.done(case=complaint.pk, actor=cast.chen.pk)
    with pytest.raises(Refused):
        services.close(case=complaint.pk, actor=cast.chen.pk)
    services.confirm_result(case=complaint.pk, actor=None)
    assert services.close(case=complaint.pk, actor=cast.chen.pk).state == "closed"
    complaint.refresh_from_db()
    assert complaint.closed_at is not None
    assert replayed(entry.event for entry in history(complaint.ref)) == complaint.standing


def test_words_are_sealed_and_shown_to_those_who_may_see_the_case(cast, complaint):
    assert "起球" not in Case.objects.get().sealed
    page = cases_for(cast.viewer(cast.zhou))
    assert [view.summary for view in page.cases] == ["毛衣洗一次就起球了"]
    found = case_for(cast.viewer(cast.wu), complaint.pk)
    assert [note.text for note in found.notes] == ["毛衣洗一次就起球了"]


def test_another_stores_case_is_not_there(cast, complaint):
    Case.objects.update(store=cast.other_store, owner_id=None)
    assert cases_for(cast.viewer(cast.zhou)).cases == []
    assert case_for(cast.viewer(cast.zhou), complaint.pk) is None
    assert case_for(cast.viewer(cast.gao), complaint.pk) is not None
