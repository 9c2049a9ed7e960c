"""The rulebook's pages: read, change, publish, compare, restore; and one promise's story."""

import re

import pytest
from django.db import transaction

from clothier.eventlog.services import record
from clothier.kernel.refs import Ref
from clothier.standards.models import Promise, RulesVersion, Waiver
from clothier.standards.selectors import SECTIONS, document, text_in_force
from clothier.standards.services import sweep
from clothier.visits.events import VisitArrived, VisitGreeted


@pytest.fixture
def operator(client, cast):
    client.force_login(cast.gao.user)
    return client


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wu.user)
    return client


def happen(event, cast, **about):
    with transaction.atomic():
        return record(event, subject=Ref("visit", 1), store=cast.store.pk, **about)


@pytest.fixture
def broken(cast, saturday) -> Promise:
    happen(VisitArrived(via="tap"), cast)
    saturday.advance(10)
    sweep()
    saturday.advance(5)
    happen(VisitGreeted(), cast, actor=cast.zhou.pk)
    return Promise.objects.get(key="greet")


@pytest.mark.parametrize("key", SECTIONS)
def test_every_document_reads_like_a_manual(operator, key):
    page = operator.get(f"/rules/documents/{key}/")
    assert page.status_code == 200
    assert document(key).title.zh in page.content.decode()


def test_the_whole_manual_is_one_page(operator):
    text = operator.get("/rules/manual/").content.decode()
    assert all(document(key).title.zh in text for key in SECTIONS)
    assert "「顾客到店」后 10 秒内「迎宾」，营业时间内计时。" in text


def test_calendars_are_read_by_day_and_by_name(operator):
    text = operator.get("/rules/documents/calendars/").content.decode()
    assert "每天 10:00–22:00；周五 10:00–22:30；周六 10:00–22:30；节假日 10:00–22:30" in text
    assert "<dt>上级日历</dt><dd>中国</dd>" in text.replace("\n", "").replace("  ", "")
    assert "中国法定节假日与调休" in text


def test_the_front_page_lists_documents_and_warns_of_unannounced_holidays(operator):
    text = operator.get("/rules/").content.decode()
    assert "服务承诺" in text
    assert "2027 年的放假与调休安排尚未公布" in text


def test_an_operator_changes_a_promise_by_form_sees_the_change_and_publishes(operator):
    page = operator.get("/rules/wording/greet/")
    form = page.context["form"]
    data = {name: value for name, value in form.initial.items() if value not in (None, False)}
    answer = operator.post("/rules/wording/greet/", {**data, "within": "8s"})
    draft = RulesVersion.objects.get()
    assert answer.headers["location"] == f"/rules/drafts/{draft.pk}/"
    text = operator.get(f"/rules/drafts/{draft.pk}/").content.decode()
    assert "到店迎宾 › 时限：从 10 秒 改为 8 秒" in text
    operator.post(f"/rules/drafts/{draft.pk}/publication", {"effective_at": ""})
    rule = document("promises").find("greet")
    assert rule.within == 8
    # What the form does not show is as it was.
    assert [one.takes_back for one in rule.undo] == ["keep", "cancel"]


def test_every_shipped_promise_survives_its_form_unchanged(operator):
    for rule in document("promises").promises:
        form = operator.get(f"/rules/wording/{rule.key}/").context["form"]
        data = {name: value for name, value in form.initial.items() if value not in (None, False)}
        answer = operator.post(f"/rules/wording/{rule.key}/", data)
        assert answer.status_code == 302, (rule.key, answer.context["form"].errors)
        text = operator.get(answer.headers["location"]).content.decode()
        assert "与现行规范完全相同" in text, rule.key


def test_an_operator_makes_a_new_promise_from_plain_words(operator):
    answer = operator.post(
        "/rules/wording/new/",
        {
            "name_zh": "试衣送码",
            "key": "fitting_swap",
            "reason_zh": "顾客光着脚等",
            "start": "bell.rung",
            "start_where": "source=fitting_room",
            "within": "90s",
            "clock": "opening",
            "keep_1": "fitting.item_brought",
            "owner": "associate",
            "rung_1_at": "3min",
            "rung_1_tell": ["lead"],
        },
    )
    operator.post(f"{answer.headers['location']}publication", {"effective_at": ""})
    rule = document("promises").find("fitting_swap")
    assert (rule.within, rule.start[0].where, rule.ladder[0].at) == (90, {"source": "fitting_room"}, 180)


def test_who_publishes_what_a_colleague_has_just_published_is_told_so(operator):
    answer = operator.post("/rules/documents/targets/edit/", {"text": text_in_force("targets")})
    here = f"{answer.headers['location']}publication"
    operator.post(here, {"effective_at": ""})
    second = operator.post(here, {"effective_at": ""}, follow=True)
    assert second.status_code == 200
    assert "这一版已经发布" in second.content.decode()


def test_a_longer_time_for_a_tier_is_refused_at_its_field(operator):
    form = operator.get("/rules/wording/chat_first_human/").context["form"]
    data = {name: value for name, value in form.initial.items() if value not in (None, False)}
    answer = operator.post("/rules/wording/chat_first_human/", {**data, "tier_gold": "2min"})
    assert answer.status_code == 422
    assert "may shorten" in str(answer.context["form"].errors)


def test_a_faulty_text_is_told_with_its_line(operator):
    text = text_in_force("targets").replace("at_least: 85", "at_least: lots")
    answer = operator.post("/rules/documents/targets/edit/", {"text": text})
    assert answer.status_code == 422
    line = next(n for n, one in enumerate(text.splitlines(), start=1) if "lots" in one)
    assert f"第 {line} 行" in answer.content.decode()
    assert not RulesVersion.objects.exists()


def test_an_older_version_is_compared_and_restored(operator, cast, saturday):
    for stretch in (95, 99):
        text = (
            text_in_force("targets")
            .replace("stretch: 92", f"stretch: {stretch}")
            .replace("stretch: 95", f"stretch: {stretch}")
        )
        answer = operator.post("/rules/documents/targets/edit/", {"text": text, "summary": f"目标 {stretch}"})
        operator.post(f"{answer.headers['location']}publication", {})
        saturday.advance(60)
    first = RulesVersion.objects.get(number=1)
    assert "从 95 改为 99" in operator.get(f"/rules/versions/{first.pk}/").content.decode()
    operator.post(f"/rules/versions/{first.pk}/restoration")
    assert document("targets").find("satisfaction").stretch == 95
    assert "恢复第 1 版" in operator.get("/rules/documents/targets/versions/").content.decode()


def test_the_first_change_is_taken_back_to_the_shipped_text_after_a_look_at_what_changes(operator, cast):
    shipped = text_in_force("targets")
    answer = operator.post(
        "/rules/documents/targets/edit/", {"text": shipped.replace("stretch: 92", "stretch: 97"), "summary": "试"}
    )
    operator.post(f"{answer.headers['location']}publication", {})
    page = operator.get("/rules/documents/targets/shipped/").content.decode()
    assert "从 97 改为 92" in page
    assert "恢复出厂文本" in page
    operator.post("/rules/documents/targets/shipped/restoration")
    assert text_in_force("targets") == shipped
    assert RulesVersion.objects.filter(state="published").count() == 2
    assert "没有不同" in operator.get("/rules/documents/targets/shipped/").content.decode()


def test_a_manager_reads_the_shipped_text_and_does_not_restore_it(manager):
    assert manager.get("/rules/documents/targets/shipped/").status_code == 200
    assert manager.post("/rules/documents/targets/shipped/restoration").status_code == 403
    assert manager.get("/rules/documents/nothing/shipped/").status_code == 404


def test_a_manager_reads_acknowledges_and_does_not_edit(manager, cast, client):
    client.force_login(cast.gao.user)
    text = text_in_force("targets").replace("stretch: 92", "stretch: 95")
    answer = client.post("/rules/documents/targets/edit/", {"text": text})
    client.post(f"{answer.headers['location']}publication", {})
    client.force_login(cast.wu.user)
    assert "待您确认" in client.get("/rules/").content.decode()
    client.post(f"/rules/versions/{RulesVersion.objects.get().pk}/acknowledgement")
    assert "待您确认" not in client.get("/rules/").content.decode()
    assert client.get("/rules/documents/targets/edit/").status_code == 403
    assert client.post("/rules/wording/new/", {}).status_code == 403


def test_the_page_of_a_broken_promise_says_why(manager, broken, cast):
    text = manager.get(f"/rules/promises/{broken.pk}/").content.decode()
    assert "为什么没守住？" in text
    assert "到点时还没有发生「迎宾」" in text
    assert "后来做到了，用时 15 秒，晚了 5 秒。" in text
    facts = re.sub(r"\s*<[^>]+>\s*", "|", text)
    for said in ("时限|10 秒", "实际用时|15 秒", "晚了|5 秒", "判定：未守住|"):
        assert said in re.sub(r"\|+", "|", facts)
    assert "没有人点过接手。" in text


def test_a_condition_is_said_in_words(operator):
    page = operator.get("/rules/documents/promises/").content.decode()
    assert "撤销一步接待（步骤是进店）" in page
    assert "金卡 45 秒" in page
    assert "step = " not in page


def test_another_stores_promise_is_not_there(client, broken, cast):
    cast.chen.home_store = cast.other_store
    cast.chen.save()
    client.force_login(cast.chen.user)
    assert client.get(f"/rules/promises/{broken.pk}/").status_code == 404
    assert client.post(f"/rules/promises/{broken.pk}/waiver", {"reason": "x"}).status_code == 404
    assert not Waiver.objects.exists()
    assert client.get("/rules/promises/").context["rows"] == []


def test_a_waiver_is_asked_by_one_and_approved_by_another(client, broken, cast):
    client.force_login(cast.wu.user)
    assert client.post(f"/rules/promises/{broken.pk}/waiver", {"reason": ""}).status_code == 422
    client.post(f"/rules/promises/{broken.pk}/waiver", {"reason": "商场停电"})
    client.force_login(cast.gao.user)
    client.post(f"/rules/promises/{broken.pk}/waiver/decision", {"approve": "yes"})
    assert Promise.objects.get(pk=broken.pk).state == "waived"


def test_the_list_pages_by_key_in_a_fixed_number_of_queries(manager, cast, django_assert_max_num_queries):
    with transaction.atomic():
        for number in range(1, 61):
            record(VisitArrived(via="tap"), subject=Ref("visit", number), store=cast.store.pk)
    with django_assert_max_num_queries(8):
        page = manager.get("/rules/promises/?state=open")
    assert len(page.context["rows"]) == 50
    assert len(manager.get(f"/rules/promises/{page.context['next']}").context["rows"]) == 10


def test_a_manager_tightens_a_promise_of_the_own_store_and_never_loosens_it(manager, cast):
    store = cast.store.pk
    loose = manager.post("/rules/stores/", {"store": store, "promise": "greet", "seconds": "11s"})
    assert (loose.status_code, "门店只能加严" in loose.content.decode()) == (422, True)
    other = manager.post("/rules/stores/", {"store": cast.other_store.pk, "promise": "greet", "seconds": "8s"})
    assert other.status_code == 422
    manager.post("/rules/stores/", {"store": store, "promise": "greet", "seconds": "8s", "reason": "旗舰店"})
    assert [(row["name"], row["target"].seconds) for row in manager.get("/rules/stores/").context["rows"]] == [
        ("到店迎宾", 8)
    ]
    happen(VisitArrived(via="tap"), cast)
    assert Promise.objects.get(key="greet").target_seconds == 8


def test_a_strangers_and_an_unknown_document_are_kept_out(client, cast):
    assert client.get("/rules/").status_code == 302
    client.force_login(cast.gao.user)
    assert client.get("/rules/documents/nonsense/").status_code == 404
