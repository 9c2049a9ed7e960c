import json

import pytest

from clothier.api.v1 import ingestion, lines
from clothier.checkout.models import Order
from clothier.eventlog.models import Entry
from clothier.visits.models import Stay, Visit

pytestmark = pytest.mark.django_db


def arrival(number: int, **more: object) -> dict[str, object]:
    return {"type": "arrival", "key": f"a{number}", "store": "sh-nanjing", **more}


def sale(number: int, total: int = 100, **more: object) -> dict[str, object]:
    line = {"code": "K1", "quantity": 1, "total_fen": total}
    return {"type": "sale", "key": f"s{number}", "store": "sh-nanjing", "lines": [line], **more}


def stay(number: int, arrival_number: int, **more: object) -> dict[str, object]:
    told = {"type": "zone", "key": f"z{number}", "store": "sh-nanjing", "zone": "coats", "dwell_seconds": 30}
    return {**told, "visit_key": f"a{arrival_number}", **more}


def test_a_mixed_stream_is_recorded_and_a_second_time_repeats_nothing(machine, cast):
    stream = [arrival(1), stay(1, 1), sale(1), arrival(2), {**sale(2), "type": "return"}]
    assert machine.stream(stream) == {"accepted": 5, "repeated": 0, "rejected": 0, "errors": []}
    assert machine.stream(stream) == {"accepted": 0, "repeated": 5, "rejected": 0, "errors": []}
    assert (Visit.objects.count(), Stay.objects.count(), Order.objects.count()) == (2, 1, 2)
    types = list(Entry.objects.filter(type__startswith="visit").order_by("id").values_list("type", flat=True))
    assert types == ["visit.arrived", "visit.arrived", "visit.zone_entered"]


def test_a_bad_line_is_reported_by_its_number_and_the_rest_is_kept(machine, cast):
    told = machine.stream(
        [
            arrival(1),
            "{not json",
            "",
            arrival(2, store="hz-hubin"),
            arrival(3, at="2030-01-01T00:00:00Z"),
            arrival(4, at="2025-01-01T00:00:00Z"),
            arrival(5, customer=999),
            stay(1, 77),
            {"type": "weather"},
            arrival(6),
            sale(1),
            sale(1),
            arrival(1),
        ]
    )
    assert (told["accepted"], told["repeated"], told["rejected"]) == (3, 2, 7)
    assert [error["line"] for error in told["errors"]] == [2, 4, 5, 6, 7, 8, 9]
    assert all(error["detail"] for error in told["errors"])


def test_a_line_with_a_field_nobody_knows_is_refused_by_the_name_of_the_field(machine, cast):
    told = machine.stream([arrival(1, custmer=7), {**sale(1), "lines": [{"code": "K", "quantity": 1, "total": 5}]}])
    assert [error["detail"].split(":")[0] for error in told["errors"]] == ["custmer", "lines.0.total_fen"]
    assert Visit.objects.count() == 0


def test_a_key_of_another_kind_of_fact_is_refused_and_not_taken_for_a_repetition(machine, cast):
    machine.stream([arrival(1), stay(1, 1)])
    told = machine.stream([{**stay(2, 1), "key": "a1"}, {**arrival(2), "key": "z1"}, arrival(1), stay(1, 1)])
    assert (told["accepted"], told["repeated"], told["rejected"]) == (0, 2, 2)
    # Nor is the key of a stay the key of a visit.
    assert machine.stream([{**stay(3, 1), "visit_key": "z1"}])["rejected"] == 1
    assert (Visit.objects.count(), Stay.objects.count()) == (1, 1)


def test_a_contradicting_sale_is_refused_by_its_line(machine, cast):
    machine.stream([sale(1)])
    told = machine.stream([sale(1, total=200), sale(2)])
    assert (told["accepted"], [error["line"] for error in told["errors"]]) == (1, [1])
    assert Order.objects.count() == 2


@pytest.mark.parametrize("batch", [1, 2000])
def test_a_contradiction_is_refused_in_the_same_batch_as_in_a_later_one(machine, cast, monkeypatch, batch):
    monkeypatch.setattr(ingestion, "BATCH", batch)
    told = machine.stream([sale(1), sale(1), sale(1, total=200), {**sale(1), "type": "return"}, sale(2)])
    assert (told["accepted"], told["repeated"], [error["line"] for error in told["errors"]]) == (2, 1, [3, 4])
    assert list(Order.objects.order_by("id").values_list("total_fen", flat=True)) == [100, 100]


def test_a_line_without_end_is_cut_short_and_the_next_one_kept(machine, cast, monkeypatch):
    long = arrival(1, via="x" * (lines.LONGEST + 10))
    told = machine.stream([long, arrival(2)])
    assert (told["accepted"], [error["line"] for error in told["errors"]]) == (1, [1])


def test_batches_do_not_change_the_outcome(machine, cast, monkeypatch):
    monkeypatch.setattr(ingestion, "BATCH", 2)
    told = machine.stream([arrival(n) for n in range(7)] + [stay(n, n) for n in range(7)])
    assert told["accepted"] == 14


def test_a_known_customer_who_is_here_keeps_the_open_visit(machine, cast):
    lin = machine.post("customers", {"identifiers": [{"kind": "member", "value": "M0000007"}]}).json()["id"]
    by_tag = arrival(2, identifier={"kind": "member", "value": "M0000007"})
    told = machine.stream([arrival(1, customer=lin), by_tag])
    assert (told["accepted"], told["repeated"]) == (1, 1)
    assert Visit.objects.get().customer_id == lin


def test_a_thousand_lines_cost_a_tenth_of_a_query_each(machine, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(120):
        machine.stream([arrival(n) for n in range(1000)])
    assert Visit.objects.count() == 1000


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"[" * 100_000, b'"' * 1000, b"\n" * 1000, b"nul\x00l"])
def test_noise_is_no_server_error(machine, cast, body):
    machine.client.raise_request_exception = False
    answer = machine.client.post(
        "/api/v1/events", body, content_type="application/x-ndjson", headers={"Authorization": f"Bearer {machine.key}"}
    )
    assert answer.status_code == 200
    assert json.loads(answer.content)["accepted"] == 0
