"""One case: the next step on top, each step by its form, the language guard before the customer reads anything."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clothier.cases import services
from clothier.cases.contracts import NewLine
from clothier.cases.models import Case, CaseNote
from clothier.cases.selectors import case_for
from clothier.catalog.contracts import StockCount
from clothier.catalog.selectors import skus, skus_of
from clothier.catalog.services import set_stock
from clothier.eventlog.models import Entry
from clothier.kernel.access import SYSTEM
from tests.checkout.shop import bought, goods
from tests.desks_casework.conftest import FIRST


def step(client, case) -> str:
    return str(client.get(f"/cases/{case}/").context["step"].action)


def post(client, case, action, **told):
    return client.post(f"/cases/{case}/{action}/", told)


def state(case) -> str:
    return Case.objects.get(pk=case).state


def test_the_next_step_follows_the_case(zhou, complaint):
    assert step(zhou, complaint) == "reply"
    post(zhou, complaint, "reply", text="非常抱歉让您失望了，我来为您处理，今天给您方案。")
    assert step(zhou, complaint) == "solution"
    post(zhou, complaint, "solution", text="抱歉，我们为您申请换一件新的，明天到店。")
    assert step(zhou, complaint) == "done"
    post(zhou, complaint, "done")
    assert (step(zhou, complaint), state(complaint)) == ("attempts", "solved")
    post(zhou, complaint, "confirmation")
    assert step(zhou, complaint) == "closure"
    post(zhou, complaint, "closure")
    assert state(complaint) == "closed"


def test_a_curt_reply_is_stopped_with_a_better_wording_beside_it(zhou, complaint):
    page = post(zhou, complaint, "reply", text="不能退")
    assert page.status_code == 422
    assert "我们会为您申请最优解决方案" in page.content.decode()
    assert not Entry.objects.filter(type="case.reply_sent").exists()


def test_whoever_insists_says_why_and_it_stays_on_the_case(zhou, complaint):
    assert post(zhou, complaint, "reply", text="不能退", insist="引用顾客原话").status_code == 303
    words = [case_for(SYSTEM, complaint).words(note.sealed) for note in CaseNote.objects.order_by("pk")]
    assert sorted(words[1:]) == ["不能退", "引用顾客原话"]


def test_the_guard_speaks_while_one_types(zhou):
    page = zhou.post("/cases/wording/", {"text": "这个不归我管", "complaint": "1"}).content.decode()
    assert "wording__hit--stop" in page
    kind = zhou.post("/cases/wording/", {"text": "非常抱歉，我来帮您处理，今天给您答复", "complaint": "1"})
    assert "wording__h" not in kind.content.decode()


def test_waiting_is_taken_back_from_the_toast(zhou, complaint):
    page = zhou.post(f"/cases/{complaint}/waiting/", {"waiting_for": "vendor", "reason": "等配件"}, follow=True)
    assert f"/cases/{complaint}/resumption/" in page.content.decode()
    post(zhou, complaint, "resumption")
    assert state(complaint) == "open"


def test_a_form_that_lacks_something_comes_back_with_what_was_typed(zhou, complaint):
    page = post(zhou, complaint, "waiting", waiting_for="vendor", reason="")
    assert (page.status_code, state(complaint)) == (422, "open")


def test_a_complaint_does_not_close_by_silence(zhou, complaint):
    services.offer_solution(case=complaint, text="换新", actor=1)
    post(zhou, complaint, "done")
    page = post(zhou, complaint, "closure")
    assert (page.status_code, state(complaint)) == (422, "solved")
    assert "至少尝试 3 次" in page.content.decode()


def test_goods_go_to_the_vendor_with_a_signature_and_come_back(zhou, repair):
    told = {"holder": "vendor", "vendor": "巧手坊", "reason": "换拉头", "signature": "王师傅", "drawn": "M1 2L30 40"}
    post(zhou, repair, "handover", **told)
    assert Case.objects.get(pk=repair).holder == "vendor"
    page = zhou.get(f"/cases/{repair}/").content.decode()
    assert "王师傅" in page
    post(zhou, repair, "receipt", signature="王师傅")
    assert Case.objects.get(pk=repair).holder == "shop"


@pytest.mark.parametrize("drawn", ["<svg onload=alert(1)>", "M1 2Z", "M1 2L3", "M1 2L99999 3"])
def test_a_drawing_that_is_none_is_left_out(zhou, repair, drawn):
    told = {"holder": "vendor", "vendor": "巧手坊", "reason": "换拉头", "signature": "王师傅", "drawn": drawn}
    assert post(zhou, repair, "handover", **told).status_code == 303
    (handed,) = case_for(SYSTEM, repair).handovers
    assert case_for(SYSTEM, repair).words(handed.sealed_signature) == "王师傅"


def test_a_duplicate_is_made_one_and_a_stranger_s_case_cannot_be_named(zhou, cast, lin, complaint):
    other = services.open_case(kind="complaint", store=cast.other_store.pk, **FIRST)
    assert post(zhou, complaint, "link", other=other.number, relation="sibling").status_code == 404
    again = services.open_case(kind="complaint", customer=lin, store=cast.store.pk, actor=cast.zhou.pk, **FIRST)
    post(zhou, again.pk, "link", other=f"S{complaint:06d}", relation="duplicate")
    assert Case.objects.get(pk=again.pk).merged_into_id == complaint


def test_the_same_tap_twice_is_one_reply(zhou, complaint):
    for _again in range(2):
        post(zhou, complaint, "reply", text="非常抱歉，我来为您处理，今天答复。", key="once")
    assert Entry.objects.filter(type="case.reply_sent").count() == 1


def test_the_page_in_few_questions(zhou, complaint, django_assert_max_num_queries):
    post(zhou, complaint, "reply", text="非常抱歉让您失望了，我来为您处理，今天给您方案。")
    zhou.get(f"/cases/{complaint}/")
    with django_assert_max_num_queries(38):
        assert zhou.get(f"/cases/{complaint}/").status_code == 200


def test_a_piece_is_described_anew_with_photos_of_it(zhou, repair, tmp_path, settings):
    settings.HOME = tmp_path
    piece = Case.objects.get(pk=repair).lines.get()
    shot = SimpleUploadedFile("zip.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "image/png")
    form = {"reason": "quality", "tag": "missing", "wear": "damaged", "photos": shot, "key": "tap"}
    assert zhou.post(f"/cases/{repair}/lines/{piece.pk}/", form).status_code == 303
    zhou.post(f"/cases/{repair}/lines/{piece.pk}/", {"reason": "quality", "tag": "missing", "wear": "damaged"})
    piece.refresh_from_db()
    assert (piece.reason, piece.tag, piece.wear, piece.photos.count()) == ("quality", "missing", "damaged", 1)
    assert Entry.objects.filter(type="case.line_described").count() == 1
    page = zhou.get(f"/cases/{repair}/").content.decode()
    assert page.count(f'src="/cases/{repair}/photos/{piece.photos.get().pk}/"') == 1
    assert "改了一件商品的说明 · 周" in page


def test_a_piece_of_another_case_or_in_no_state_is_not_described(zhou, repair):
    piece = Case.objects.get(pk=repair).lines.get()
    said = {"reason": "quality", "tag": "", "wear": ""}
    assert zhou.post(f"/cases/{repair}/lines/{piece.pk + 9}/", said).status_code == 409
    assert zhou.post(f"/cases/{repair}/lines/{piece.pk}/", said | {"wear": "eaten"}).status_code == 409
    assert zhou.post(f"/cases/{repair + 9}/lines/{piece.pk}/", said).status_code == 404
    piece.refresh_from_db()
    assert (piece.reason, piece.wear) == ("repair", "")


def test_an_exchange_says_where_the_wanted_piece_lies_while_it_is_to_be_done(zhou, cast, lin):
    goods(cast.store.pk)
    sale = bought(cast.store.pk, "C2001-BLACK-M", actor=cast.zhou.pk, customer=lin).order
    coat = sale.lines.get()
    large = next(one.pk for one in skus_of(skus([coat.sku_id])[coat.sku_id].style_id) if one.size == "L")
    set_stock(counts=[StockCount(cast.store.pk, large, 2), StockCount(cast.other_store.pk, large, 6)])
    lines = [NewLine(coat.pk, reason="size", wanted_sku=large)]
    case = services.open_case(
        kind="exchange", customer=lin, store=cast.store.pk, order=sale.pk, lines=lines, actor=cast.zhou.pk, **FIRST
    ).pk
    (piece,) = zhou.get(f"/cases/{case}/").context["pieces"]
    assert [(one.store, one.pieces, one.near) for one in piece.swaps] == [
        ("南京路店", 2, "here"), ("湖滨店", 6, "region")]  # fmt: skip
    set_stock(counts=[StockCount(cast.store.pk, large, 0), StockCount(cast.other_store.pk, large, 0)])
    assert "附近都没有这一件" in zhou.get(f"/cases/{case}/").content.decode()
    services.done(case=case, actor=cast.zhou.pk)
    (piece,) = zhou.get(f"/cases/{case}/").context["pieces"]
    assert piece.swaps is None


def test_what_belongs_with_a_case_is_counted_and_leads_to_the_list(zhou, cast, complaint):
    first = Case.objects.get(pk=complaint)
    told = FIRST | {"kind": "complaint", "store": cast.store.pk, "actor": cast.wu.pk}
    twin = services.open_case(customer=first.customer_id, order=first.order_id, style=7, **told)
    sibling, _elsewhere = (
        services.open_case(style=7, **told | {"store": store.pk}) for store in (cast.store, cast.other_store)
    )
    services.set_cause(case=twin.pk, cause="pilling", actor=cast.wu.pk)
    told = zhou.get(f"/cases/{twin.pk}/").context["around"]
    one = f"/cases/?box=all&customer={first.customer_id}"
    assert [(str(one.label), one.said, one.href) for one in told.counts] == [
        ("同一位顾客", "1", one), ("同款", "1", "/cases/?box=all&style=7"),
        ("同款同店", "1", f"/cases/?box=all&style=7&store={cast.store.pk}")]  # fmt: skip
    assert [(row.case.id, str(row.why)) for row in told.rows] == [(complaint, "可能重复"), (sibling.pk, "同款")]
    listed = [[row.case.id for row in zhou.get(one.href).context["rows"]] for one in told.counts]
    assert listed == [[twin.pk, complaint], [sibling.pk, twin.pk], [sibling.pk, twin.pk]]


def test_a_probable_duplicate_is_made_one_with_the_older_in_two_taps(zhou, cast, complaint):
    first = Case.objects.get(pk=complaint)
    twin = services.open_case(
        kind="complaint", customer=first.customer_id, order=first.order_id, store=cast.store.pk, actor=cast.zhou.pk,
        **FIRST,
    ).pk  # fmt: skip
    (row,) = zhou.get(f"/cases/{complaint}/").context["around"].rows
    page = zhou.get(row.merge)
    assert (page.context["c"].pk, page.context["do"].key) == (twin, "link")
    assert f'value="S{complaint:06d}"' in page.content.decode()
    post(zhou, twin, "link", other=f"S{complaint:06d}", relation="duplicate")
    assert (state(twin), Case.objects.get(pk=twin).merged_into_id) == ("closed", complaint)
    assert zhou.get(f"/cases/{complaint}/").context["around"].rows == []
