"""Opening a case from whatever page knew the customer, the sale or the conversation."""

from django.core.files.uploadedfile import SimpleUploadedFile

from clothier.cases.models import Case, CaseLine, CasePhoto
from clothier.checkout.contracts import LineFacts
from clothier.checkout.services import record_sale


def told(**more):
    return {"kind": "complaint", "text": "洗了一次就起球", "topic": "product", "severity": "moderate"} | more


def test_a_case_about_a_piece_of_a_sale(zhou, cast, coat, lin):
    line = coat.lines.get().pk
    page = zhou.get(f"/cases/new/?order={coat.pk}&kind=return&line={line}").content.decode()
    assert "羊毛大衣" in page
    form = told(kind="return", order=coat.pk, line=line, reason="size", tag="attached", wear="unworn", holder="shop")
    answer = zhou.post("/cases/new/", form)
    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert (case.kind, case.customer_id, case.order_id, case.store_id) == ("return", lin, coat.pk, cast.store.pk)
    assert (case.holder, case.owner_id, case.origin) == ("shop", cast.zhou.pk, "store")
    piece = CaseLine.objects.get()
    assert (piece.order_line_id, piece.reason, piece.tag, piece.wear) == (line, "size", "attached", "unworn")


def test_a_customer_is_found_by_name_and_the_latest_goods_are_there_to_tick(zhou, coat, lin):
    assert f"?customer={lin}" in zhou.get("/cases/new/?q=林若溪").content.decode()
    assert "羊毛大衣" in zhou.get(f"/cases/new/?customer={lin}").content.decode()


def test_a_stranger_s_complaint_needs_no_customer(zhou, cast):
    zhou.post("/cases/new/", told())
    assert Case.objects.get().customer_id is None


def test_goods_of_another_sale_are_not_taken(zhou, coat):
    zhou.post("/cases/new/", told(order=coat.pk, line=987_654))
    assert CaseLine.objects.count() == 0


def test_a_piece_is_in_one_open_case_only(zhou, coat):
    form = told(kind="return", order=coat.pk, line=coat.lines.get().pk)
    zhou.post("/cases/new/", form | {"tag": "detached", "holder": "shop"})
    page = zhou.post("/cases/new/", form | {"tag": "detached", "holder": "shop"})
    case = Case.objects.get()
    assert page.status_code == 422
    said = page.content.decode()
    assert "已经在办理退换" in said
    assert f'<a class="small" href="/cases/{case.pk}/">{case.number} 办理中</a>' in said
    assert '<option value="detached" selected>' in said
    assert '<option value="shop" selected>' in said


def test_a_piece_that_came_back_is_not_there_to_tick(zhou, coat, lin):
    line = coat.lines.get()
    back = LineFacts("K2071", -1, -129_900, 129_900, returned_line=line.pk)
    record_sale(source="till", number="T2", lines=[back], store=coat.store_id, customer=lin)
    page = zhou.get(f"/cases/new/?customer={lin}&line={line.pk}").content.decode()
    assert f'name="line" value="{line.pk}" disabled' in page


def test_the_words_suggest_topic_and_severity(zhou):
    page = zhou.post("/cases/new/suggestion/", {"text": "店员态度太差了，我要投诉"})
    assert page.context["form"].initial["topic"] == "service"


def outfit(cast, lin):
    lines = [LineFacts(code, 1, fen, fen) for code, fen in (("K2071", 129_900), ("A1001", 19_900), ("B3001", 39_900))]
    return record_sale(source="till", number="T9", lines=lines, store=cast.store.pk, customer=lin)


def test_of_several_pieces_each_may_differ_and_what_is_not_said_is_as_for_all(zhou, cast, lin, tmp_path, settings):
    settings.HOME = tmp_path
    sale = outfit(cast, lin)
    coat, scarf, skirt = sale.lines.order_by("pk")
    own = {f"reason_{scarf.pk}": "quality", f"wear_{scarf.pk}": "washed", f"tag_{skirt.pk}": "nonsense"}
    shot = SimpleUploadedFile("hem.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "image/png")
    form = told(kind="return", order=sale.pk, line=[coat.pk, scarf.pk, skirt.pk], reason="size", tag="attached")
    zhou.post("/cases/new/", form | own | {"wear": "unworn", "holder": "shop", f"photos_{skirt.pk}": shot})
    said = CaseLine.objects.order_by("pk").values_list("reason", "tag", "wear")
    assert list(said) == [("size", "attached", "unworn"), ("quality", "attached", "washed"), ("size", "", "unworn")]
    assert CasePhoto.objects.get().line.order_line_id == skirt.pk


def test_what_was_said_of_one_piece_is_still_there_when_the_form_comes_back(zhou, cast, lin):
    sale = outfit(cast, lin)
    first, *_ = sale.lines.order_by("pk")
    page = zhou.post("/cases/new/", told(text="", order=sale.pk, line=first.pk) | {f"wear_{first.pk}": "damaged"})
    assert (page.status_code, Case.objects.count()) == (422, 0)
    assert page.content.decode().count('<option value="damaged" selected>') == 1
