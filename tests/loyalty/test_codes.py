"""The changing member code: for a minute, for its card alone; and the link that opens a customer's own page."""

from datetime import UTC, datetime

import pytest

from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.selectors import by_identifier, by_identifiers
from clothier.customers.services import erase, merge, register, request_erasure
from clothier.eventlog.deliveries import run_due
from clothier.kernel.errors import Refused
from clothier.loyalty.rules.codes import code, number_in, window_of
from clothier.loyalty.selectors import code_of, customer_of_phone, member_of_code
from clothier.loyalty.services import make_link, open_link, renew_card
from clothier.visits.services import check_in

SECOND = datetime(2026, 11, 14, 2, 0, tzinfo=UTC).timestamp()


def test_a_code_is_the_same_in_python_and_on_every_phone():
    # The same three values as in tests/desks_member/test_offline_code.py, where Chromium makes them.
    assert code("0" * 32, 7, 1_794_621_600) == code("0" * 32, 7, 1_794_621_629)
    assert code("0" * 32, 7, 1_794_621_600) != code("0" * 32, 7, 1_794_621_630)
    assert number_in(code("0" * 32, 7, 1_794_621_600)) == 7


@pytest.mark.parametrize(("late", "good"), [(-31, False), (-30, True), (0, True), (29, True), (59, True), (60, False)])
def test_a_code_is_worth_something_for_a_minute_and_no_longer(late, good):
    shown = code("secret", 7, SECOND)
    assert (window_of(shown, "secret", SECOND + late) == SECOND // 30) is good


def test_a_tampered_code_is_nobodys(lin, sun):
    shown = code_of(lin)
    assert member_of_code(shown) == lin
    for wrong in (shown[:-1] + str((int(shown[-1]) + 1) % 10), shown[:2] + f"{sun:010d}" + shown[12:], shown + "0", ""):
        assert member_of_code(wrong) is None


def test_the_code_is_read_wherever_a_member_number_is(lin, cast, saturday):
    static = register(name="周", identifiers=[NewIdentifier(Kind.MEMBER, "M000042", verified=True)])
    assert by_identifier("member", code_of(lin)) == lin
    assert by_identifier("member", "M000042") == static
    assert by_identifiers([("member", code_of(lin)), ("member", "M000042")]) == {
        ("member", code_of(lin)): lin,
        ("member", "M000042"): static,
    }
    assert check_in(store=cast.store.pk, kind="member", value=code_of(lin)).customer_id == lin


def test_a_code_shown_while_the_floors_phone_was_offline_counts_at_its_time(lin, cast, saturday):
    shown, then = code_of(lin), saturday.now()
    saturday.advance(600)

    assert check_in(store=cast.store.pk, kind="member", value=shown, occurred_at=then).customer_id == lin
    with pytest.raises(Refused):
        check_in(store=cast.store.pk, kind="member", value=shown)


def test_the_code_of_a_record_that_was_joined_is_the_persons(lin, sun):
    merge(a=lin, b=sun)
    assert member_of_code(code_of(sun)) == lin


def test_a_card_made_anew_locks_the_lost_phone_out(lin):
    shown, phone = code_of(lin), open_link(token=make_link(customer=lin))
    assert customer_of_phone(phone, days=1) == lin

    renew_card(customer=lin)

    assert member_of_code(shown) is None
    assert customer_of_phone(phone, days=1) is None
    assert member_of_code(code_of(lin)) == lin


def test_whoever_is_erased_has_neither_code_nor_page(lin, saturday):
    phone = open_link(token=make_link(customer=lin))
    request_erasure(customer_id=lin, reason="本人要求")
    saturday.advance(4 * 86_400)
    erase(customer_id=lin)
    run_due()

    assert member_of_code(code_of(lin)) is None
    assert customer_of_phone(phone, days=30) is None
    with pytest.raises(Refused):
        make_link(customer=lin)


def test_a_link_opens_one_phone_within_ten_minutes(lin, saturday):
    token, late = make_link(customer=lin), make_link(customer=lin)
    assert customer_of_phone(open_link(token=token), days=1) == lin
    with pytest.raises(Refused, match="已经用过或过期"):
        open_link(token=token)
    with pytest.raises(Refused, match="不完整"):
        open_link(token=token + "x")

    saturday.advance(600)
    with pytest.raises(Refused, match="已经用过或过期"):
        open_link(token=late)


@pytest.mark.parametrize("told", ["", "nonsense", "W10:x:y"])
def test_a_phone_that_shows_something_else_is_nobodys(db, told):
    assert customer_of_phone(told, days=1) is None
