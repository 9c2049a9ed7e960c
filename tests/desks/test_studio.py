import pytest
from django.db import transaction
from django.urls import reverse

from clothier.eventlog import selectors
from clothier.eventlog.models import Delivery, Entry
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.visits.events import VisitArrived, VisitGreeted


@pytest.fixture
def operator(client, cast):
    client.force_login(cast.gao.user)
    return client


def happened(cast, number: int, event=VisitGreeted) -> Entry:
    event = event(via="greeter", party_size=1) if event is VisitArrived else event()
    with transaction.atomic():
        return record(event, subject=Ref("visit", number), store=cast.store.pk, actor=cast.zhou.pk)


def parked(entry: Entry, handler: str = "customers.count") -> Delivery:
    error = "Traceback (most recent call last):\n  …\nTimeoutError: the provider did not answer"
    return Delivery.objects.create(
        entry=entry, handler=handler, state=Delivery.State.PARKED, attempts=8, due_at=clock.now(), error=error
    )


@pytest.mark.parametrize("who", ["zhou", "chen", "wu"])
@pytest.mark.parametrize("name", ["home", "deliveries", "log"])
def test_the_studio_is_head_offices(client, cast, who, name):
    client.force_login(getattr(cast, who).user)
    assert client.get(reverse(f"studio:{name}")).status_code == 403


def test_home_leads_everywhere_and_says_what_is_stuck(operator, cast, django_assert_max_num_queries):
    parked(happened(cast, 1))
    with django_assert_max_num_queries(8):
        page = operator.get("/studio/").content.decode()
    for path in ("/customers/", "/rules/", "/imports/", "/reports/", "/studio/log/", "/office/"):
        assert f'href="{path}"' in page
    assert "1 条投递搁置了" in page
    assert "周敏" in page


def test_a_parked_delivery_says_why_and_goes_back_into_the_queue(operator, cast):
    delivery = parked(happened(cast, 1))
    assert "TimeoutError: the provider did not answer" in operator.get("/studio/deliveries/").content.decode()
    operator.post(reverse("studio:retry", args=[delivery.pk]))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)


def test_only_head_office_retries(client, cast):
    delivery = parked(happened(cast, 1))
    client.force_login(cast.wu.user)
    assert client.post(reverse("studio:retry", args=[delivery.pk])).status_code == 403
    delivery.refresh_from_db()
    assert delivery.state == "parked"


def test_the_log_filters_by_event_and_by_thing(operator, cast):
    happened(cast, 11, VisitArrived)
    happened(cast, 12)
    page = operator.get("/studio/log/?type=visit.arrived").content.decode()
    assert "visit:11" in page
    assert "<code>visit:12</code>" not in page
    page = operator.get("/studio/log/?subject=visit:12").content.decode()
    assert "visit:12" in page
    assert "<code>visit:11</code>" not in page


def test_a_thing_that_is_not_written_as_one_is_explained_at_its_field(operator, cast):
    page = operator.get("/studio/log/?subject=somebody").content.decode()
    assert 'id="subject-error"' in page


def test_the_log_pages_by_key_and_asks_the_same_number_of_questions_however_long_it_is(
    operator, cast, django_assert_max_num_queries
):
    for number in range(60):
        happened(cast, number)
    with django_assert_max_num_queries(6):
        first = operator.get("/studio/log/").content.decode()
    oldest = Entry.objects.order_by("-id")[49].pk
    assert f"?before={oldest}" in first
    with django_assert_max_num_queries(6):
        second = operator.get(f"/studio/log/?before={oldest}").content.decode()
    assert second.count('得到问候 <code class="small faint nowrap">visit.greeted</code>') == 10
    assert 'class="more"' not in second


def test_a_look_for_a_rare_event_is_bounded_and_goes_on_where_it_stopped(cast, monkeypatch):
    monkeypatch.setattr(selectors, "WINDOW", 5)
    rare = happened(cast, 1, VisitArrived)
    for number in range(7):
        last = happened(cast, number)
    found, older = selectors.recent(type_="visit.arrived")
    assert (found, older) == ([], last.pk + 1 - 5)
    assert selectors.recent(type_="visit.arrived", before=older)[0] == [rare]
