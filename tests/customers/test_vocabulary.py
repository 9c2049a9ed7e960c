"""The vocabulary of tags: words by hand and by rule, their people, out of use and back."""

import pytest
from django.urls import reverse

from clothier.customers.models import Customer, Tag, Tagging
from clothier.customers.selectors import tag_for, tags, tags_for, wearers_of
from clothier.customers.services import (
    add_tag,
    create_tag,
    edit_tag,
    note_fact,
    refresh_rule_tags,
    restore_tag,
    retire_tag,
)
from clothier.eventlog import deliveries
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from tests.customers.people import lin, phone, somebody

pytestmark = pytest.mark.django_db

CAMEL = {"kind": "fact", "field": "colour", "value": "驼色"}


def at(name, *args):
    return reverse(f"profiles:{name}", args=args)


@pytest.fixture
def wu(client, cast):
    client.force_login(cast.wu.user)
    return client


def test_a_rule_tag_is_on_the_right_people_as_soon_as_the_worker_has_heard_of_it():
    pk = lin()
    note_fact(customer_id=pk, field="colour", value="驼色")
    tag = create_tag(name="爱驼色", rule=CAMEL)
    assert Tag.objects.get().slug == "ai-tuo-se"
    deliveries.run_due()
    assert [(t.customer_id, t.origin, t.tag_id) for t in Tagging.objects.all()] == [(pk, "rule", tag)]


def test_a_rule_worded_anew_takes_the_tag_off_whom_it_no_longer_holds_for():
    pk, other = lin(), somebody("小王")
    note_fact(customer_id=pk, field="colour", value="驼色")
    note_fact(customer_id=other, field="colour", value="黑色")
    tag = create_tag(name="爱驼色", rule=CAMEL)
    refresh_rule_tags()
    edit_tag(tag_id=tag, name="爱黑色", rule={**CAMEL, "value": "黑色"})
    deliveries.run_due()
    assert list(Tagging.objects.values_list("customer_id", flat=True)) == [other]


def test_a_tag_put_on_by_hand_stays_when_the_rule_does_not_hold():
    pk = lin()
    tag = create_tag(name="爱驼色", rule=CAMEL)
    add_tag(customer_id=pk, tag_id=tag)
    refresh_rule_tags()
    assert Tagging.objects.get().origin == "manual"


def test_what_a_tag_may_not_be():
    create_tag(name="商务通勤")
    with pytest.raises(Refused) as same:
        create_tag(name="商务通勤")
    with pytest.raises(Refused) as nameless:
        create_tag(name="  ")
    with pytest.raises(Refused) as bad:
        create_tag(name="坏规则", rule={"kind": "figure", "figure": "orders"})
    tag = create_tag(name="爱驼色", rule=CAMEL)
    with pytest.raises(Refused) as itself:
        edit_tag(tag_id=tag, name="爱驼色", rule={"kind": "not", "of": {"kind": "tag", "tag": tag}})
    assert [e.value.field for e in (same, nameless, bad, itself)] == ["name", "name", "condition", "condition"]
    assert Tag.objects.count() == 2
    assert Entry.objects.filter(type="tag.saved").count() == 2


def test_two_names_read_alike_get_two_codes():
    create_tag(name="试衣")
    create_tag(name="是衣")
    assert set(Tag.objects.values_list("slug", flat=True)) == {"shi-yi", "shi-yi-2"}


def test_a_retired_tag_is_given_to_nobody_shown_nowhere_and_comes_back_with_its_people(wu):
    pk, tag = lin(), create_tag(name="商务通勤")
    add_tag(customer_id=pk, tag_id=tag)
    retire_tag(tag_id=tag)
    retire_tag(tag_id=tag)
    assert Entry.objects.filter(type="tag.retired").count() == 1
    with pytest.raises(Refused):
        add_tag(customer_id=pk, tag_id=tag)
    assert "商务通勤" not in wu.get(at("profile", pk)).content.decode()
    restore_tag(tag_id=tag)
    assert "商务通勤" in wu.get(at("profile", pk)).content.decode()


def test_tags_are_counted_by_where_they_came_from(cast):
    one, two = lin(), somebody("小王", phone("13911112222"))
    tag = create_tag(name="爱驼色", rule=CAMEL)
    note_fact(customer_id=one, field="colour", value="驼色")
    refresh_rule_tags()
    add_tag(customer_id=two, tag_id=tag, actor=cast.zhou.pk)
    (_tag, worn) = tag_for(cast.viewer(cast.wu), tag)
    assert (worn.people, worn.by_hand, worn.by_rule, worn.exact) == (2, 1, 1, True)
    assert [t.customer_id for t in wearers_of(cast.viewer(cast.wu), tag, after=one)] == [two]


def test_in_a_large_chain_the_number_is_an_estimate_from_a_sample(cast, monkeypatch):
    for n in range(30):
        pk = somebody(f"客{n}")
    tag = create_tag(name="每位", rule={"kind": "all", "of": []})
    refresh_rule_tags()
    monkeypatch.setattr(tags, "EXACT_UP_TO", 10)
    monkeypatch.setattr(tags, "SAMPLED", 15)
    monkeypatch.setattr(tags, "stretches", lambda top: [range(top - 14, top - 5), range(top - 5, top + 1)])
    (_tag, worn) = tag_for(cast.viewer(cast.wu), tag)
    assert not worn.exact
    assert worn.people == pk  # The sample is full, so it stands for every id up to the highest.


def test_the_shelf_asks_three_questions_however_many_tags(cast, django_assert_num_queries):
    pk = lin()
    for n in range(12):
        add_tag(customer_id=pk, tag_id=create_tag(name=f"标签{n}"))
    wu = cast.viewer(cast.wu)
    with django_assert_num_queries(3):
        assert len(tags_for(wu)) == 12


RULE = {"r0-kind": "fact", "r0-field": "colour", "r0-value": "驼色"}


def test_a_rule_tag_is_built_saved_shown_and_edited_on_its_pages(wu):
    pk = lin()
    note_fact(customer_id=pk, field="colour", value="驼色")
    assert "builder__row" in wu.get(at("tag_new") + "?rule").content.decode()
    wu.post(at("tag_new") + "?rule", {**RULE, "name": "爱驼色", "days": "30", "save": "1"})
    deliveries.run_due()
    tag = Tag.objects.get()
    page = wu.get(at("tag_page", tag.pk)).content.decode()
    assert "林晓梅" in page
    assert "喜欢的颜色：驼色" in page
    assert "喜欢的颜色：驼色" in wu.get(at("tags")).content.decode()
    assert 'value="驼色"' in wu.get(at("tag_edit", tag.pk)).content.decode()
    wu.post(at("tag_edit", tag.pk), {**RULE, "r0-value": "黑色", "name": "爱黑色", "save": "1"})
    deliveries.run_due()
    tag.refresh_from_db()
    assert (tag.name, tag.days, tag.rule["of"][0]["value"]) == ("爱黑色", None, "黑色")
    assert Tagging.objects.count() == 0


def test_a_tag_by_hand_has_no_builder_and_an_incomplete_rule_is_marked(wu):
    assert "builder" not in wu.get(at("tag_new")).content.decode().split("<main")[1]
    wu.post(at("tag_new"), {"name": "商务通勤", "name_en": "Business", "save": "1"})
    assert Tag.objects.get().rule is None
    wrong = wu.post(at("tag_new") + "?rule", {"r0-kind": "figure", "name": "x", "save": "1"})
    assert wrong.status_code == 422
    assert "builder__row--wrong" in wrong.content.decode()
    same = wu.post(at("tag_new"), {"name": "商务通勤", "save": "1"})
    assert (same.status_code, Tag.objects.count()) == (422, 1)


def test_tags_are_worded_by_managers_only(client, cast):
    tag = create_tag(name="商务通勤")
    client.force_login(cast.zhou.user)
    assert client.get(at("tags")).status_code == 403
    assert client.post(at("tag_retire", tag)).status_code == 403
    assert Tag.objects.get().retired_at is None


def test_an_erased_customer_gets_no_tag():
    pk = lin()
    tag = create_tag(name="每位", rule={"kind": "all", "of": []})
    Customer.objects.filter(pk=pk).update(erased_at="2026-01-01T00:00Z")
    assert refresh_rule_tags() == 0
    assert Tagging.objects.filter(tag=tag).count() == 0
