"""Lost property: what was found is written down, matched with what is missed, and handed back for a signature."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clothier.cases import services
from clothier.cases.models import Case, Handover
from clothier.cases.proof import case_differences
from clothier.cases.selectors import matches
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused

TOLD = {"kind": "lost", "topic": "environment", "severity": "minor"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def lost(cast, text, **more):
    told = TOLD | {"store": cast.store.pk, "origin": "store", "actor": cast.zhou.pk, "text": text}
    return services.open_case(**told | more)


def found(zhou, text="一条银色手链，心形扣", **more) -> Case:
    form = TOLD | {"text": text, "found": "on", "day": "2026-11-21", "place": "试衣间 2"} | more
    zhou.post("/cases/new/", form)
    return Case.objects.latest("pk")


def ids(viewer, case):
    return [one.case.id for one in matches(viewer, case)]


def test_what_was_found_is_written_down_with_place_day_and_photo(zhou, cast, tmp_path, settings):
    settings.HOME = tmp_path
    case = found(zhou, photos=SimpleUploadedFile("chain.png", PNG, "image/png"))
    assert (case.kind, case.holder, case.customer_id, case.store_id) == ("lost", "shop", None, cast.store.pk)
    assert case.unseal(case.sealed) == "2026-11-21 · 试衣间 2\n一条银色手链，心形扣"
    assert case.photos.count() == 1
    page = zhou.get(f"/cases/{case.pk}/")
    assert page.context["step"].action == "handover"


def test_of_what_is_missed_the_finds_that_sound_like_it_are_shown_and_of_a_find_who_misses_it(zhou, cast, lin):
    chain, umbrella = found(zhou), found(zhou, "一把黑色雨伞")
    missed = lost(cast, "昨天下午在试衣间落下一条银色手链。", customer=lin)
    elsewhere = lost(cast, "银色手链丢了", store=cast.other_store.pk)
    wu = cast.viewer(cast.gao)
    assert ids(wu, missed) == [chain.pk, umbrella.pk]
    assert {"手链", "银色"} <= set(matches(wu, missed)[0].words)
    assert ids(wu, chain) == [missed.pk]
    assert ids(wu, elsewhere) == []
    assert "捡到的可能是这些" in zhou.get(f"/cases/{missed.pk}/").content.decode()


def test_a_match_ends_the_find_and_the_thing_is_handed_back_for_a_signature(zhou, cast, lin):
    find, missed = found(zhou), lost(cast, "银色手链掉在店里了", customer=lin)
    answer = zhou.post(f"/cases/{find.pk}/find/", {"other": missed.pk, "key": "tap"})
    assert answer["Location"] == f"/cases/{missed.pk}/"
    zhou.post(f"/cases/{find.pk}/find/", {"other": missed.pk, "key": "tap"})
    find.refresh_from_db()
    missed.refresh_from_db()
    assert (find.state, find.merged_into_id, missed.holder, missed.state) == ("closed", missed.pk, "shop", "open")
    assert Entry.objects.filter(type="case.found").count() == 1
    form = {"holder": "customer", "reason": "本人领取", "signature": "林若溪"}
    assert zhou.post(f"/cases/{missed.pk}/handover/", form).status_code == 303
    given = Handover.objects.get(case=missed)
    assert (given.holder, missed.unseal(given.sealed_signature)) == ("customer", "林若溪")
    assert list(case_differences()) == []


def test_no_thing_is_given_to_two_and_nothing_but_a_find_is_given(zhou, cast, lin):
    find, first, second = found(zhou), lost(cast, "银色手链", customer=lin), lost(cast, "我的手链")
    services.claim_find(case=first.pk, find=find.pk, actor=cast.zhou.pk)
    for case, thing in ((second, find), (second, first), (first, second)):
        with pytest.raises(Refused):
            services.claim_find(case=case.pk, find=thing.pk, actor=cast.zhou.pk)
    assert Entry.objects.filter(type="case.found").count() == 1
