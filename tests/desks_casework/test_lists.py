"""Cases by box, filtered, found, exported; nothing of another store."""

import pytest

from clothier.cases import services
from clothier.standards.services import sweep
from tests.desks_casework.conftest import FIRST, desk


def numbers(client, query="") -> list[str]:
    return [row.case.number for row in client.get(f"/cases/{query}").context["rows"]]


def another(cast, **more) -> str:
    told = FIRST | {"kind": "complaint", "store": cast.store.pk, "actor": cast.wu.pk} | more
    return services.open_case(**told).number


def test_each_case_lies_in_its_boxes(zhou, wu, cast, complaint):
    waiting = another(cast)
    services.wait(case=int(waiting[1:]), waiting_for="vendor", reason="等配件", actor=cast.wu.pk)
    mine = f"S{complaint:06d}"
    assert numbers(zhou) == [mine]
    assert numbers(zhou, "?box=store") == [waiting, mine]
    assert numbers(zhou, "?box=waiting") == [waiting]
    assert numbers(zhou, "?box=unassigned") == []
    assert numbers(wu) == [waiting]


def test_what_is_about_to_break_comes_first_by_its_time(zhou, cast, complaint, saturday):
    assert numbers(zhou, "?box=breaking") == []
    saturday.advance(19 * 3600)
    later = another(cast)
    saturday.advance(4 * 3600)
    assert numbers(zhou, "?box=breaking") == [f"S{complaint:06d}"]
    assert later in numbers(zhou, "?box=store")


def test_filters_narrow_a_box(zhou, cast, complaint):
    grave = another(cast, severity="serious", topic="service")
    assert numbers(zhou, "?box=store&severity=serious") == [grave]
    assert numbers(zhou, "?box=store&topic=product") == [f"S{complaint:06d}"]
    assert numbers(zhou, "?box=store&kind=return") == []
    assert len(numbers(zhou, "?box=store&kind=nonsense&store=x&before=y")) == 2


def test_a_number_leads_to_the_case_and_a_name_to_all_of_the_customer(zhou, complaint):
    assert zhou.get(f"/cases/?q=S{complaint:06d}")["Location"] == f"/cases/{complaint}/"
    assert zhou.get(f"/cases/?q={complaint}")["Location"] == f"/cases/{complaint}/"
    assert numbers(zhou, "?q=林若溪") == [f"S{complaint:06d}"]
    assert numbers(zhou, "?q=没有这个人") == []


def test_a_page_goes_on_by_key(zhou, cast, complaint, monkeypatch):
    monkeypatch.setattr("clothier.desks.casework.views.lists.page_of", _two_a_page)
    second = another(cast, actor=cast.zhou.pk)
    third = another(cast, actor=cast.zhou.pk)
    first = zhou.get("/cases/")
    assert [row.case.number for row in first.context["rows"]] == [third, second]
    assert numbers(zhou, first.context["next"]) == [f"S{complaint:06d}"]


def _two_a_page(viewer, asked, *, limit=2):
    from clothier.desks.casework.boxes import page_of

    return page_of(viewer, asked, limit=2)


def test_the_file_names_codes_and_nobody(zhou, complaint):
    told = zhou.get("/cases/export.csv?box=store").content.decode()
    assert f"S{complaint:06d}" in told
    assert "林若溪" not in told
    assert "起球" not in told


def test_another_store_s_case_is_not_found(wu, cast):
    other = services.open_case(kind="complaint", store=cast.other_store.pk, **FIRST)
    assert numbers(wu, "?box=all") == []
    assert wu.get(f"/cases/{other.pk}/").status_code == 404
    assert wu.get(f"/cases/?q={other.number}").status_code == 200


@pytest.mark.parametrize("box", ["mine", "duty", "store", "unassigned", "breaking", "waiting", "approval", "all"])
def test_a_list_of_twenty_in_few_questions(zhou, cast, lin, box, django_assert_max_num_queries):
    for _each in range(20):
        another(cast, customer=lin, actor=cast.zhou.pk)
    zhou.get(f"/cases/?box={box}")
    with django_assert_max_num_queries(13):
        assert zhou.get(f"/cases/?box={box}").status_code == 200


def test_a_grave_matter_stands_on_the_desk_of_whoever_must_answer(cast, wu, saturday):
    cast.gao.skills = ["general_manager"]
    cast.gao.save()
    grave = another(cast, severity="serious")
    assert numbers(desk(cast.gao), "?box=duty") == [grave]
    assert numbers(wu, "?box=duty") == []


def test_a_promise_that_broke_stands_on_the_desk_of_whoever_was_told(cast, wu, zhou, complaint, saturday):
    assert numbers(wu, "?box=duty") == []
    saturday.advance(25 * 3600)
    sweep()
    assert numbers(wu, "?box=duty") == [f"S{complaint:06d}"]
    assert numbers(zhou, "?box=duty") == []
