"""The customer pages in the hands of Zhou (associate), Chen (agent), Wu (manager), Gao (operator) and the mall."""

import json

import pytest
from django.db import transaction
from django.urls import reverse

from clothier.customers.contracts import sentence_of
from clothier.customers.models import (
    AccessRecord,
    Consent,
    Customer,
    Duplicate,
    Erasure,
    Fact,
    Link,
    Note,
    Segment,
    Tagging,
)
from clothier.customers.services import add_tag, create_tag, give_consent, merge, note_fact, save_segment, write_note
from clothier.eventlog.services import record
from clothier.kernel.refs import Ref
from clothier.standards.events import PromiseBroken
from tests.customers.people import lin, phone, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client, cast):
    """A browser for each of the cast: pages("zhou").get(…)."""

    def of(name):
        client.force_login(getattr(cast, name).user)
        return client

    return of


def at(name, *args):
    return reverse(f"profiles:{name}", args=args)


def text(response):
    return response.content.decode()


def test_typing_finds_and_htmx_gets_only_the_hits(pages):
    lin()
    zhou = pages("zhou")
    whole = zhou.get(at("search"), {"q": "lxm"})
    assert "林晓梅" in text(whole)
    assert "138****8000" in text(whole)
    piece = zhou.get(at("search"), {"q": "lxm"}, headers={"HX-Request": "true"})
    assert "<html" not in text(piece)
    assert "林晓梅" in text(piece)


@pytest.mark.parametrize(
    "name",
    ["profile", "timeline", "edit", "consents", "notes", "note", "privacy"],
)
def test_staff_of_the_floor_open_every_page_of_a_customer(name, pages):
    pk = lin()
    write_note(customer_id=pk, template="visit", answers={"need": "找一件大衣"})
    response = pages("zhou").get(at(name, pk))
    assert response.status_code == 200
    assert AccessRecord.objects.filter(customer=pk).exists() == (name not in ("timeline", "note"))


@pytest.mark.parametrize("name", ["review", "segments", "segment_new", "reads"])
def test_managers_open_the_pages_about_many(name, pages):
    lin()
    assert pages("wu").get(at(name)).status_code == 200


def test_a_fact_or_tag_of_somebody_else_is_not_changed_through_this_customers_page(pages, cast):
    pk, other = lin(), somebody()
    fact = note_fact(customer_id=other, field="size", value="M")
    tagging = add_tag(customer_id=other, tag_id=create_tag(name="试穿"))
    zhou = pages("zhou")
    assert "没有这条资料" in text(zhou.post(at("fact_correct", pk, fact), {"value": "L"}))
    zhou.post(at("untag", pk, tagging))
    assert [(one.pk, one.value, one.withdrawn_at) for one in Fact.objects.all()] == [(fact, "M", None)]
    assert Tagging.objects.filter(pk=tagging).exists()


def test_what_an_associate_may_not(pages):
    pk, other = lin(), somebody()
    zhou = pages("zhou")
    identifier = Customer.objects.get(pk=pk).identifiers.get(kind="phone").pk
    assert zhou.post(at("reveal", identifier), {"purpose": "想看"}).status_code == 403
    assert zhou.post(at("merge", pk), {"other": other}).status_code == 403
    assert zhou.post(at("erase", pk), {"reason": "x"}).status_code == 403
    assert zhou.post(at("export_file", pk)).status_code == 403
    for name in ("review", "segments"):
        assert zhou.get(at(name)).status_code == 403
    assert (Link.objects.count(), Erasure.objects.count()) == (0, 0)
    assert not AccessRecord.objects.filter(what__in=["unmask", "export"]).exists()


def test_an_agent_reads_the_whole_number_only_with_a_reason_and_it_is_logged(pages, cast):
    pk = lin()
    identifier = Customer.objects.get(pk=pk).identifiers.get(kind="phone").pk
    chen = pages("chen")
    assert chen.post(at("reveal", identifier), {"purpose": ""}).status_code == 409
    assert "13800138000" in text(chen.post(at("reveal", identifier), {"purpose": "回电"}))
    read = AccessRecord.objects.get(what="unmask")
    assert (read.customer_id, read.employee_id, read.purpose) == (pk, cast.chen.pk, "回电")


def test_a_fact_is_noted_withdrawn_and_restored(pages):
    pk = lin()
    zhou = pages("zhou")
    zhou.post(at("fact", pk), {"field": "size", "qualifier": "大衣", "value": "M", "wearer": ""})
    fact = Fact.objects.get()
    assert "大衣" in text(zhou.get(at("profile", pk)))
    zhou.post(at("fact_withdraw", fact.pk), {"customer": pk})
    assert Fact.objects.get().withdrawn_at is not None
    zhou.post(at("fact_restore", fact.pk))
    assert Fact.objects.get().withdrawn_at is None


def test_measurements_are_shown_for_a_reason(pages):
    pk = lin()
    note_fact(customer_id=pk, field="waist", value="68.5")
    zhou = pages("zhou")
    assert "68.5" not in text(zhou.get(at("profile", pk))).split("<main")[1].split("timeline")[0]
    assert "68.5" in text(zhou.post(at("vault", pk), {"purpose": "试穿裤装"}))
    assert AccessRecord.objects.get(what="vault").purpose == "试穿裤装"


def test_a_note_with_an_id_card_number_is_stopped_and_one_with_health_asks_first(pages):
    pk = lin()
    zhou = pages("zhou")
    stopped = zhou.post(
        at("note", pk), {"template": "visit", "a-need": "身份证 11010519491231002X", "acknowledged": "on"}
    )
    assert stopped.status_code == 422
    asked = zhou.post(at("note", pk), {"template": "visit", "a-need": "怀孕了要宽松的"})
    assert asked.status_code == 422
    assert "<mark>怀孕</mark>" in text(asked)
    assert Note.objects.count() == 0
    zhou.post(at("note", pk), {"template": "visit", "a-need": "怀孕了要宽松的", "acknowledged": "on"})
    assert Note.objects.get().warned == ["health"]


def test_consent_is_given_with_a_form_and_withdrawn_with_a_press(pages):
    pk = lin()
    zhou = pages("zhou")
    yes = {"purpose": "marketing", "channel": "sms", "data_class": "contact"}
    zhou.post(at("consents", pk), {**yes, "notice_version": "2026-1", "proof": "签字 17"})
    zhou.post(at("consent_withdraw", pk), yes)
    assert list(Consent.objects.order_by("pk").values_list("granted", flat=True)) == [True, False]


def test_tags_go_on_and_off(pages):
    pk, tag = lin(), create_tag(slug="business", name="商务通勤")
    zhou = pages("zhou")
    zhou.post(at("tag", pk), {"tag": tag})
    assert "商务通勤" in text(zhou.get(at("profile", pk)))
    zhou.post(at("untag", pk, Tagging.objects.get().pk))
    assert Tagging.objects.count() == 0


def test_a_pair_is_compared_accepted_and_reopened(pages):
    a = lin()
    b = somebody("小林", phone(verified=False))
    pair = Duplicate.objects.get()
    wu = pages("wu")
    assert "小林" in text(wu.get(at("review")))
    assert "共用手机号" in text(wu.get(at("pair", pair.pk)))
    wu.post(at("accept", pair.pk))
    assert Customer.objects.get(pk=b).person_id == a
    wu.post(at("reopen", pair.pk))
    assert Customer.objects.get(pk=b).person_id == b
    wu.post(at("reject", pair.pk))
    assert Duplicate.objects.get().state == "rejected"


def test_merging_by_hand_is_undone_by_the_toast(pages):
    a, b = lin(), somebody("小林")
    wu = pages("wu")
    page = wu.post(at("merge", a), {"other": b}, follow=True)
    link = Link.objects.get()
    assert at("unlink", link.pk) in text(page)
    wu.post(at("unlink", link.pk))
    assert Customer.objects.get(pk=b).person_id == b


def test_the_export_holds_everything_readable(pages):
    pk = lin()
    note_fact(customer_id=pk, field="waist", value="68")
    write_note(customer_id=pk, template="visit", answers={"need": "找一件大衣"})
    data = json.loads(pages("wu").post(at("export_file", pk)).content)
    assert {row["value"] for row in data["identifiers"]} == {"M10086", "13800138000"}
    assert [row["value"] for row in data["facts"]] == ["68"]
    assert data["notes"][0]["need"] == "找一件大衣"
    assert AccessRecord.objects.filter(what="export").count() == 1
    assert pages("wu").post(at("export", pk)).status_code == 200


def test_an_erasure_waits_can_be_called_off_and_then_is_final(pages, saturday):
    pk = lin()
    give_consent(customer_id=pk, purpose="marketing", channel="sms", notice_version="1", proof="x")
    wu = pages("wu")
    wu.post(at("erase", pk), {"reason": "本人到店要求"})
    assert "撤回删除申请" in text(wu.get(at("privacy", pk)))
    wu.post(at("erase_cancel", Erasure.objects.get().pk))
    wu.post(at("erase", pk), {"reason": "本人到店要求"})
    saturday.advance(3 * 86_400)
    from clothier.customers.services import run_due

    assert run_due() == 1
    assert wu.get(at("profile", pk)).status_code == 410
    assert text(wu.get(at("search"), {"q": "13800138000"})).count("person__name") == 0


CAMEL = {"match": "all", "r0-kind": "layer", "r0-layer": "regular", "r1-kind": "fact",
         "r1-field": "colour", "r1-value": "驼色", "r2-kind": "fact", "r2-join": "1", "r2-field": "size",
         "r2-value": "M", "r2-qualifier": "大衣"}  # fmt: skip


def test_a_segment_is_built_sized_saved_edited_and_exported(pages):
    pk, other = lin(), somebody("=cmd|'/C calc'!A0")
    note_fact(customer_id=pk, field="colour", value="驼色")
    note_fact(customer_id=other, field="size", value="M", qualifier="大衣")
    somebody("没有喜好")
    wu = pages("wu")
    assert ">2 <" in text(wu.post(at("segment_size"), CAMEL)).replace("\n", "")
    assert "builder__row" in text(wu.post(at("segment_rows"), {**CAMEL, "add": "tag"}))
    wu.post(at("segment_new"), {**CAMEL, "name": "驼色大衣", "save": "1"})
    segment = Segment.objects.get()
    assert "驼色" in text(wu.get(at("segment_edit", segment.pk)))
    never = {"r3-kind": "moment", "r3-moment": "last_purchase_at", "r3-never": "true"}
    wu.post(at("segment_edit", segment.pk), {**CAMEL, **never, "name": "驼色大衣", "save": "1"})
    assert segment.versions.count() == 2
    page = text(wu.get(at("segment", segment.pk)))
    assert "林晓梅" in page
    assert "没有喜好" not in page
    rows = b"".join(wu.post(at("segment_export", segment.pk)).streaming_content).decode("utf-8-sig")
    assert [line.split(",")[1] for line in rows.splitlines()[1:]] == ["林晓梅", "'=cmd|'/C calc'!A0"]
    assert AccessRecord.objects.get(what="list").purpose == f"segment:{segment.pk}"


def test_an_incomplete_condition_is_marked_and_not_saved(pages):
    wu = pages("wu")
    page = wu.post(at("segment_new"), {"name": "x", "r0-kind": "figure", "r0-figure": "orders", "save": "1"})
    assert page.status_code == 422
    assert "builder__row--wrong" in text(page)
    assert Segment.objects.count() == 0


def test_a_box_stays_together_when_its_first_row_goes_and_a_new_form_is_not_wrong_yet(pages):
    from clothier.desks.profiles import builder

    third = {**CAMEL, "r3-kind": "birthday", "r3-join": "1", "r3-days": "7"}
    assert [len(box) for box in builder.read(third).boxes()] == [1, 3]
    assert [len(box) for box in builder.read({**third, "r1-gone": "1"}).boxes()] == [1, 2]
    assert [len(box) for box in builder.read({**third, "r2-gone": "1"}).boxes()] == [1, 2]
    assert [len(box) for box in builder.read({**third, "match": "any"}).boxes()] == [1, 3]
    fresh = text(pages("wu").get(at("segment_new")))
    assert "builder__row--wrong" not in fresh
    assert "size__number" in fresh


def test_before_typing_the_page_shows_who_is_here_whom_one_had_and_what_waits(pages, cast):
    from clothier.visits.services import arrive

    here, seen = lin(), somebody("王芳", phone("13911112222"))
    somebody("小林", phone(verified=False))
    arrive(store=cast.store.pk, customer=here, actor=cast.zhou.pk)
    zhou = pages("zhou")
    zhou.get(at("profile", seen))
    page = text(zhou.get(at("search")))
    assert page.index("现在在店") < page.index("林晓梅") < page.index("我最近打开的") < page.index("王芳")
    assert "待审核" not in page
    assert "1 对疑似重复的记录待审核" in text(pages("wu").get(at("search")))


def test_the_page_before_typing_asks_the_same_questions_whoever_is_here(pages, cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from clothier.visits.services import arrive

    def asked():
        with CaptureQueriesContext(connection) as made:
            pages("gao").get(at("search"))
        return len(made)

    def come(n):
        pk = somebody(f"客{n}", phone(f"1391111{n:04}"))
        arrive(store=cast.store.pk, customer=pk, actor=cast.zhou.pk)
        pages("gao").get(at("profile", pk))
        save_segment(name=f"人群{n}", condition={"kind": "all", "of": []})

    come(0)
    asked()
    before = asked()
    for n in range(1, 9):
        come(n)
    assert asked() == before
    assert before <= 17


def test_a_segment_survives_the_trip_through_the_form(pages):
    from clothier.customers.rules.conditions import parse
    from clothier.desks.profiles import builder

    condition = builder.tree(builder.read(CAMEL))
    again = builder.rows_of(condition)
    assert builder.tree(again) == condition
    deep = parse({"kind": "all", "of": [{"kind": "not", "of": {"kind": "all", "of": []}}]})
    assert builder.rows_of(deep) is None
    assert save_segment(name="x", condition=deep.model_dump(mode="json"))


def test_the_profile_page_asks_the_same_number_of_questions_however_long_the_history(
    pages, django_assert_num_queries, cast
):
    pk = lin()
    zhou = pages("zhou")
    zhou.get(at("profile", pk))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        zhou.get(at("profile", pk))
    for n in range(40):
        note_fact(customer_id=pk, field="colour", value=f"颜色{n}", actor=cast.zhou.pk)
        write_note(customer_id=pk, template="visit", answers={"need": f"第{n}次"}, actor=cast.zhou.pk)
    merge(a=pk, b=somebody("小林", phone("13911112222")))
    with CaptureQueriesContext(connection) as after:
        zhou.get(at("profile", pk))
    # Names of authors, and the links between two records, are asked for only where there are any.
    assert len(after) <= len(before) + 3
    assert len(after) <= 30


def test_a_stranger_is_sent_to_sign_in_and_nobody_is_404(client, pages):
    assert client.get(at("search")).status_code == 302
    assert pages("zhou").get(at("profile", 404)).status_code == 404


def test_a_promise_that_broke_is_told_by_its_name(cast):
    told = PromiseBroken(promise_id=1, promise_key="greet", subject="visit:1", target_seconds=10)
    with transaction.atomic():
        entry = record(told, subject=Ref("promise", 1), customer=lin())
    assert str(sentence_of(entry)) == "“到店迎宾”没有按时做到"
