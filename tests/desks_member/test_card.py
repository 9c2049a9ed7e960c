"""The service card: followed by a signed link, added to, confirmed, rated once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clothier.cases import services
from clothier.cases.models import Case, Rating
from clothier.cases.selectors import card_token
from clothier.cases.services import open_case
from tests.desks_casework.conftest import FIRST, coat, complaint, desk, lin, repair

__all__ = ["coat", "complaint", "lin", "repair"]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 16


@pytest.fixture
def guest() -> Client:
    return Client()


def address(case: int, what: str = "") -> str:
    return f"/card/{card_token(case)}/{what}"


def test_the_card_shows_what_was_promised_and_where_the_garment_is(guest, repair):
    told = {"holder": "vendor", "vendor": "巧手坊", "reason": "换拉头", "signature": "王师傅"}
    services.hand_over_goods(case=repair, actor=1, **told)
    page = guest.get(address(repair))
    words = page.content.decode()
    assert page.status_code == 200
    assert "在维修商那里" in words
    assert "暂停计时" in words
    assert "羊毛大衣" in words
    assert (page["X-Robots-Tag"], page["Cache-Control"]) == ("noindex", "private, no-cache")


def test_what_colleagues_say_among_themselves_is_not_on_it(guest, complaint):
    services.add_note(case=complaint, text="这位顾客上次也闹过", actor=1)
    assert "上次也闹过" not in guest.get(address(complaint)).content.decode()


def test_a_word_of_the_customer_ends_the_waiting(guest, complaint):
    services.wait(case=complaint, waiting_for="customer", reason="等照片", actor=1)
    guest.post(address(complaint, "words/"), {"text": "照片在这里", "key": "k"})
    guest.post(address(complaint, "words/"), {"text": "照片在这里", "key": "k"})
    case = Case.objects.get(pk=complaint)
    assert (case.state, case.notes.filter(kind="customer").count()) == ("open", 1)


def test_the_customer_confirms_and_rates_once(guest, repair):
    services.done(case=repair, actor=1)
    assert "满意，可以了" in guest.get(address(repair)).content.decode()
    guest.post(address(repair, "confirmation/"), {"key": "c"})
    assert Case.objects.get(pk=repair).state == "confirmed"
    guest.post(address(repair, "rating/"), {"score": "5", "text": "修得真好"})
    guest.post(address(repair, "rating/"), {"score": "1"})
    assert Rating.objects.get().score == 5
    assert "您给了 5 分" in guest.get(address(repair)).content.decode()


def test_or_says_that_it_is_not_settled(guest, repair):
    services.done(case=repair, actor=1)
    guest.post(address(repair, "reopening/"), {"text": "又坏了", "key": "r"})
    assert Case.objects.get(pk=repair).state == "open"


def test_photos_are_added_by_the_customer_and_seen_by_both(guest, repair, cast):
    token = card_token(repair)
    guest.post(f"/card/{token}/photos/", {"photos": SimpleUploadedFile("zip.png", PNG), "key": "p"})
    (photo,) = Case.objects.get(pk=repair).photos.all()
    assert photo.by_customer
    shown = guest.get(f"/card/{token}/photos/{photo.pk}/")
    assert (shown.content, shown["Content-Type"], shown["Content-Disposition"][:10]) == (PNG, "image/png", "attachment")
    assert desk(cast.zhou).get(f"/cases/{repair}/photos/{photo.pk}/").content == PNG
    other = open_case(kind="complaint", **FIRST)
    assert guest.get(f"/card/{card_token(other.pk)}/photos/{photo.pk}/").status_code == 404


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"<html>", b"", b"MZ"])
def test_what_is_no_picture_is_not_kept(guest, repair, content):
    told = {"photos": SimpleUploadedFile("zip.png", content)}
    assert guest.post(address(repair, "photos/"), told).status_code in {303, 422}
    assert Case.objects.get(pk=repair).photos.count() == 0


@pytest.mark.parametrize("token", ["x", "WzEsMSwxXQ:1:1", "0" * 200])
def test_a_link_that_is_none_is_not_found(guest, repair, token):
    assert guest.get(f"/card/{token}/").status_code == 404
    assert guest.post(f"/card/{token}/confirmation/").status_code == 404


def test_a_link_that_was_taken_back_opens_nothing(guest, repair):
    token = card_token(repair)
    services.revoke_card(case=repair, actor=1)
    assert guest.get(f"/card/{token}/").status_code == 404


def test_a_nervous_finger_is_slowed_down(guest, complaint):
    for n in range(12):
        guest.post(address(complaint, "words/"), {"text": f"在吗{n}"})
    page = guest.post(address(complaint, "words/"), {"text": "在吗"})
    assert (page.status_code, Case.objects.get(pk=complaint).notes.filter(kind="customer").count()) == (422, 12)


def test_the_card_in_few_questions(guest, repair, django_assert_max_num_queries):
    token = card_token(repair)
    guest.get(f"/card/{token}/")
    with django_assert_max_num_queries(17):
        guest.get(f"/card/{token}/")
