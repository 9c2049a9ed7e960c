import pytest

from clothier.bookings.contracts import Notice
from clothier.bookings.models import Appointment
from clothier.desks.floor.selectors.pressing import records_due
from clothier.eventlog.models import Entry
from clothier.kernel.access import Role, Viewer
from clothier.standards.selectors import promises_for
from clothier.visits import services
from clothier.visits.handlers import ask_an_associate
from clothier.visits.models import Room, Task, Visit

pytestmark = pytest.mark.django_db


def test_the_queue_says_what_to_do_now(cast, saturday, phone, visit, qian):
    served = services.arrive(store=cast.store.pk, party_size=3)
    services.approach(visit=served.pk, actor=qian.pk)
    services.ring_bell(store=cast.store.pk, source="kiosk", zone=cast.coats.pk)
    services.raise_task(store=cast.store.pk, day=saturday.now().date(), title="备好雨伞套机")
    page = phone.get("/floor/").content.decode()
    order = [page.index(text) for text in ("我去", "林知夏 女士", "备好雨伞套机", "钱宁 · 接待", "到店 1 位")]
    assert order == sorted(order)


def test_an_empty_store_says_so(phone):
    assert "店里暂时没有客人" in phone.get("/floor/").content.decode()


def test_the_live_part_is_answered_alone(phone, visit):
    part = phone.get("/floor/", headers={"HX-Request": "true", "HX-Target": "queue"}).content.decode()
    assert part.lstrip().startswith('<div id="queue"')
    assert "<html" not in part


def test_no_page_asks_more_questions_for_more_visitors(cast, phone, visit, coats, django_assert_max_num_queries):
    for n in range(12):
        other = services.arrive(store=cast.store.pk)
        if n % 2:
            services.approach(visit=other.pk, actor=cast.zhou.pk)
            services.propose(visit=other.pk, actor=cast.zhou.pk, style_ids=[coats["M"].style_id])
        services.ring_bell(store=cast.store.pk, source="qr", visit=other.pk, wish="larger", sku=coats["M"].pk)
    fitting = services.open_fitting(visit=visit, actor=cast.zhou.pk)
    for sku in coats.values():
        services.bring_item(fitting=fitting.pk, sku=sku.pk, actor=cast.zhou.pk)
    phone.get("/floor/")
    with django_assert_max_num_queries(22):
        phone.get("/floor/")
    with django_assert_max_num_queries(28):
        phone.get(f"/floor/visits/{visit}/?step=proposed")
    with django_assert_max_num_queries(24):
        phone.get(f"/floor/fittings/{fitting.pk}/")
    with django_assert_max_num_queries(26):
        phone.get(f"/floor/visits/{visit}/card/")


def test_one_tap_registers_an_arrival(phone, cast):
    phone.post("/floor/arrivals/", {"party_size": "1", "key": "a"})
    phone.post("/floor/arrivals/", {"party_size": "1", "key": "a"})
    visit = Visit.objects.get()
    assert (visit.store, visit.via, visit.party_size, visit.customer_id) == (cast.store, "greeter", 1, None)


def test_a_member_code_registers_its_member(phone, lin):
    phone.post("/floor/arrivals/", {"party_size": "2", "kind": "member", "value": "m0001888"})
    visit = Visit.objects.get()
    assert (visit.customer_id, visit.via, visit.party_size) == (lin, "member_code", 2)


def test_an_unknown_code_is_told_next_to_the_field(phone, lin):
    answer = phone.post("/floor/arrivals/", {"party_size": "1", "kind": "member", "value": "M404"})
    assert (answer.status_code, Visit.objects.count()) == (422, 0)
    page = answer.content.decode()
    assert "没有找到这位会员" in page
    assert 'value="M404"' in page


def test_who_is_expected_is_one_tap_away(cast, saturday, phone, lin):
    booked = Appointment.objects.create(store=cast.store, customer_id=lin, at=saturday.now(), purpose="造型顾问")
    assert "造型顾问" in phone.get("/floor/arrivals/").content.decode()
    phone.post("/floor/arrivals/", {"party_size": "1", "appointment": booked.pk})
    visit = Visit.objects.get()
    assert (visit.customer_id, visit.via, visit.appointment) == (lin, "appointment", booked)


def test_the_card_shows_what_helps_and_masks_what_does_not(phone, visit):
    page = phone.get(f"/floor/visits/{visit}/card/").content.decode()
    assert "林知夏 女士" in page
    assert "M0001888" in page


def test_an_unknown_visitor_has_no_card(phone, cast):
    visit = services.arrive(store=cast.store.pk)
    assert phone.get(f"/floor/visits/{visit.pk}/card/").status_code == 404


def test_offers_say_why(phone, cast, visit, coats):
    services.record_need(visit=visit, actor=cast.zhou.pk, category="coat", budget_fen=200_000)
    page = phone.get(f"/floor/visits/{visit}/?step=proposed").content.decode()
    assert "有 M 码 3 件" in page
    assert "在预算 ¥2,000 以内" in page
    services.record_need(visit=visit, actor=cast.zhou.pk, category="coat", budget_fen=100_000)
    assert "店里没有合适的款" in phone.get(f"/floor/visits/{visit}/?step=proposed").content.decode()


def test_a_fitting_from_the_room_to_the_summary(cast, phone, visit, coats, seen):
    room = Room.objects.create(store=cast.store, zone=cast.coats, number="3")
    opened = phone.post(f"/floor/visits/{visit}/fittings/", {"room": room.pk})
    fitting = seen(visit).open_fitting.id
    assert opened["Location"] == f"/floor/fittings/{fitting}/"
    phone.post(f"/floor/fittings/{fitting}/items/", {"code": coats["M"].code.lower()})
    phone.post(f"/floor/fittings/{fitting}/items/{coats['M'].pk}/swap/", {"wish": "larger"})
    phone.post(f"/floor/fittings/{fitting}/items/{coats['M'].pk}/outcome/", {"outcome": "too_small"})
    assert "哪里" in phone.get(f"/floor/fittings/{fitting}/").content.decode()
    phone.post(
        f"/floor/fittings/{fitting}/items/{coats['M'].pk}/outcome/", {"outcome": "too_small", "reason": "shoulders"}
    )
    phone.post(f"/floor/fittings/{fitting}/closure/", {"rating": "4"})
    (told,) = seen(visit).fittings
    (item,) = told.items
    assert (told.rating, item.sku_id, item.outcome, item.reason) == (4, coats["M"].pk, "too_small", "shoulders")
    page = phone.get("/floor/").content.decode()
    assert "换大一码" in page
    phone.post(f"/floor/visits/{visit}/departure/", {"outcome": "left"})
    assert "1 件，留下 0 件" in phone.get(f"/floor/visits/{visit}/").content.decode()


def test_a_code_nobody_printed_is_refused(cast, phone, visit, coats, seen):
    fitting = services.open_fitting(visit=visit, actor=cast.zhou.pk)
    answer = phone.post(f"/floor/fittings/{fitting.pk}/items/", {"code": "XXX"}, headers={"HX-Request": "true"})
    assert (answer.status_code, seen(visit).fittings[0].items) == (409, ())
    assert (
        phone.post(f"/floor/fittings/{fitting.pk}/items/{coats['L'].pk}/swap/", {"wish": "larger"}).status_code == 404
    )


def test_another_stores_bell_fitting_and_task_are_not_found(cast, saturday, phone):
    store = cast.other_store.pk
    visit = services.arrive(store=store)
    fitting = services.open_fitting(visit=visit.pk, actor=None)
    bell = services.ring_bell(store=store, source="kiosk", place="kiosk:1")
    task = services.raise_task(store=store, day=saturday.now().date(), title="换灯泡")
    paths = [
        f"bells/{bell.pk}/answer/",
        f"fittings/{fitting.pk}/closure/",
        f"fittings/{fitting.pk}/items/",
        f"tasks/{task.pk}/completion/",
        f"tasks/{task.pk}/reopening/",
    ]
    assert [phone.post(f"/floor/{path}", {"code": "x"}).status_code for path in paths] == [404] * 5
    for row in (bell, fitting, task):
        row.refresh_from_db()
    assert (bell.answered_at, fitting.closed_at, task.done_at) == (None, None, None)


def test_a_tick_and_its_undo(cast, saturday, phone):
    phone.post("/floor/tasks/", {"title": "换灯泡"})
    task = services.raise_task(store=cast.store.pk, day=saturday.now().date(), title="备好雨伞套机")
    phone.post(f"/floor/tasks/{task.pk}/completion/")
    task.refresh_from_db()
    assert task.done_by == cast.zhou
    phone.post(f"/floor/tasks/{task.pk}/reopening/")
    task.refresh_from_db()
    assert task.done_at is None
    page = phone.get("/floor/").content.decode()
    assert page.count("换灯泡") >= 1


def left_served(cast, visit):
    services.approach(visit=visit, actor=cast.zhou.pk)
    services.leave(visit=visit, outcome="bought", actor=cast.zhou.pk)


def test_the_record_is_asked_for_after_the_visit_and_written_keeps_its_promise(cast, phone, visit):
    left_served(cast, visit)
    assert "还没写服务记录" in phone.get("/floor/").content.decode()
    assert "保存服务记录" in phone.get(f"/floor/visits/{visit}/").content.decode()
    phone.post(f"/floor/visits/{visit}/note/", {"need": "通勤大衣", "key": "n1"})
    phone.post(f"/floor/visits/{visit}/note/", {"need": "通勤大衣", "key": "n1"})
    (record,) = promises_for(cast.viewer(cast.zhou), keys=["service_record"])
    assert record.state == "kept"
    assert "还没写服务记录" not in phone.get("/floor/").content.decode()
    assert phone.get(f"/floor/visits/{visit}/card/").content.decode().count("通勤大衣") == 1


def test_an_old_record_is_asked_for_however_many_colleagues_owe_theirs(cast, qian, lin):
    mine = services.arrive(store=cast.store.pk, customer=lin)
    left_served(cast, mine.pk)
    for number in range(61):
        other = services.arrive(store=cast.store.pk, customer=9_000 + number)
        services.approach(visit=other.pk, actor=qian.pk)
        services.leave(visit=other.pk, outcome="left", actor=qian.pk)
    assert [one.subject.id for one in records_due(cast.viewer(cast.zhou), store=cast.store.pk)] == [mine.pk]
    hers = Viewer(user=None, employee=qian.pk, role=Role.ASSOCIATE, stores=frozenset({cast.store.pk}))
    latest = [one.subject.id for one in records_due(hers, store=cast.store.pk)]
    assert latest == [other.pk - number for number in range(8)]


def test_the_guard_points_at_what_does_not_belong_and_yields_to_good_reason(cast, phone, visit):
    left_served(cast, visit)
    answer = phone.post(f"/floor/visits/{visit}/note/", {"need": "顾客说在还贷款"})
    assert (answer.status_code, "确有必要" in answer.content.decode()) == (422, True)
    phone.post(f"/floor/visits/{visit}/note/", {"need": "顾客说在还贷款", "acknowledged": "on"})
    assert Entry.objects.filter(type="note.written").count() == 1


def test_a_required_answer_is_asked_for_next_to_its_field(cast, phone, visit):
    answer = phone.post(f"/floor/visits/{visit}/note/", {"liked": "驼色"})
    assert (answer.status_code, Entry.objects.filter(type="note.written").count()) == (422, 0)


def test_nobody_known_has_no_record(phone, cast):
    visit = services.arrive(store=cast.store.pk)
    left_served(cast, visit.pk)
    assert promises_for(cast.viewer(cast.zhou), keys=["service_record"]) == []
    assert phone.post(f"/floor/visits/{visit.pk}/note/", {"need": "x"}).status_code == 404


def test_a_reminder_leads_to_the_appointment_and_a_full_day_is_folded_after_six(cast, saturday, phone):
    day = saturday.now().date()
    for n in range(5):
        services.raise_task(store=cast.store.pk, day=day, title=f"备好衣架 {n}")
    assert "tasks-rest" not in phone.get("/floor/").content.decode()
    for n in (41, 42):
        row = Appointment.objects.create(store=cast.store, customer_id=n, at=saturday.now(), purpose="试衣")
        told = {"text": "提醒顾客", "text_en": "Remind the customer", "due_at": saturday.now()}
        notice = Notice(kind="reminder-7200", subject=row.ref, customer=n, store=cast.store.pk, **told)
        assert ask_an_associate(notice)
    page = phone.get("/floor/").content.decode()
    seen, folded = page.split('id="tasks-rest"')
    assert (seen.count("task__tick"), folded.count("task__tick")) == (6, 1)
    phone.post(f"/floor/tasks/{Task.objects.earliest('id').pk}/completion/")
    seen, done = phone.get("/floor/").content.decode().split('id="tasks-done"')
    assert (seen.count("task__tick"), done.count("task__tick"), done.count("做完 1 项")) == (6, 1, 1)
    for row in Appointment.objects.all():
        assert page.count(f'href="/agenda/appointments/{row.pk}/"') == 1
