"""The shipped house rules and how YAML becomes a document."""

import pytest

from clothier.standards.contracts import Faulty
from clothier.standards.rules.documents import shelf
from clothier.standards.rules.durations import fen, seconds, written
from clothier.standards.selectors import document

TABLE = {
    "greet": 10,
    "approach": 30,
    "propose": 180,
    "call_for_help": 60,
    "chat_first_human": 60,
    "chat_next_reply": 180,
    "feedback_answer": 86_400,
    "complaint_first_reply": 86_400,
    "complaint_solution": 259_200,
    "complaint_result": 604_800,
    "complex_contact": 3600,
    "serious_solution": 7200,
    "aftersales_answer": 86_400,
    "aftersales_done": 259_200,
    "compensation_decision": 14_400,
    "lost_answer": 86_400,
    "service_record": 86_400,
    "improvement_due": 1_209_600,
    "invoice": 86_400,
    "settlement": 86_400,
}


@pytest.mark.parametrize("key", shelf.DOCUMENTS)
def test_every_shipped_document_reads_and_writes_back_the_same(key):
    shipped = shelf.shipped(key)
    assert shelf.read(key, shelf.write(shipped)) == shipped


def test_every_row_of_the_promises_table_ships():
    assert {promise.key: promise.within for promise in shelf.shipped("promises").promises} == TABLE


def test_every_text_of_the_shipped_rules_has_english():
    def texts(node: object):
        if isinstance(node, dict):
            if "zh" in node:
                yield node
            for child in node.values():
                yield from texts(child)
        elif isinstance(node, list):
            for child in node:
                yield from texts(child)

    for key in shelf.DOCUMENTS:
        for text in texts(shelf.shipped(key).model_dump(mode="json")):
            assert text["en"], f"{key}: {text['zh']}"


def test_a_fault_names_its_line():
    text = shelf.shipped_text("targets").replace("at_least: 85", "at_least: 850")
    with pytest.raises(Faulty) as caught:
        shelf.read("targets", text)
    (fault,) = caught.value.faults
    assert text.splitlines()[fault[0] - 1].strip().startswith("- {key: satisfaction")
    assert fault[1].startswith("targets.0.at_least: ")


def test_broken_yaml_names_its_line():
    with pytest.raises(Faulty) as caught:
        shelf.read("targets", "title: {zh: 目标\nowner: x\n")
    assert caught.value.faults[0][0] == 2


def test_a_tier_may_not_lengthen_a_promise():
    text = shelf.shipped_text("promises").replace("tier: {gold: 45s", "tier: {gold: 90s")
    with pytest.raises(Faulty, match="may shorten the promise, not lengthen it"):
        shelf.read("promises", text)


def test_a_response_clock_cannot_be_given_a_pause():
    text = shelf.shipped_text("promises").replace(
        "keep: [{event: visit.greeted}]", "keep: [{event: visit.greeted}]\n    pausing: {reasons: [tea], cap: 1h}"
    )
    with pytest.raises(Faulty, match="never pauses"):
        shelf.read("promises", text)


@pytest.mark.parametrize(
    ("text", "expected"), [("10s", 10), ("3min", 180), ("1h 30min", 5400), ("7d", 604_800), ("3 分钟", 180)]
)
def test_durations_read_as_written(text, expected):
    assert seconds(text) == expected


def test_durations_write_back_in_the_unit_people_use():
    assert [written(n) for n in (10, 90, 5400, 86_400, 259_200)] == ["10s", "90s", "90min", "24h", "3d"]


def test_money_reads_to_the_fen():
    assert [fen(text) for text in ("¥50", "¥1 000", "¥0.50")] == [5000, 100_000, 50]


@pytest.mark.django_db
def test_the_shipped_rules_hold_where_nothing_was_published(django_assert_num_queries):
    document("loyalty")
    with django_assert_num_queries(1):
        assert document("loyalty").tier_for(800_000) == "gold"
