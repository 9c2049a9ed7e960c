"""What was said is found by what stands in it, sealed as it is."""

from hypothesis import given
from hypothesis import strategies as st

from clothier.conversations import services
from clothier.conversations.contracts import Author, PastLine, PastTalk
from clothier.conversations.history import load_talks
from clothier.conversations.models import Message, Occurrence
from clothier.conversations.rules.searching import marks, phrases, wanted
from clothier.conversations.selectors import search
from clothier.customers.services import erase
from tests.cast import Cast
from tests.conversations.said import write

WORDS = st.text(alphabet="退货运费大衣abc12 ，", min_size=1, max_size=12)


@given(WORDS, st.integers(0, 12), st.integers(1, 6))
def test_whatever_stands_in_a_text_is_among_its_marks(text: str, start: int, length: int):
    # Whole words of letters and digits only: a piece of one is not looked for.
    piece = text[start : start + length]
    cut = any(one.isascii() and one.isalnum() for one in text[max(start - 1, 0) : start] + text[start + length :][:1])
    for phrase in phrases(piece):
        assert cut or wanted(phrase) <= marks(text)


def found(cast: Cast, question: str, **more: int) -> list[str]:
    return [hit.text for hit in search(cast.viewer(cast.gao), question, **more)]


def test_messages_are_found_before_and_after_they_are_indexed(desk: Cast):
    write("退货运费谁出？", sender="b1")
    write("订单 K2071 的大衣退了", sender="b2")
    for _time in range(2):
        assert found(desk, "货运") == ["退货运费谁出？"]
        assert found(desk, "k2071 退") == ["订单 K2071 的大衣退了"]
        assert found(desk, "退") == ["订单 K2071 的大衣退了", "退货运费谁出？"]
        assert found(desk, "退费") == []
        assert found(desk, "，") == []
        services.index_due()
    assert services.index_due() == 0


def test_a_search_goes_on_where_it_stopped(desk: Cast):
    numbers = [write(f"退货 {n}", sender=f"b{n}").pk for n in range(5)]
    services.index_due(limit=3)
    first = search(desk.viewer(desk.gao), "退货", limit=2)
    rest = search(desk.viewer(desk.gao), "退货", before=first[-1].message_id, limit=9)
    assert [hit.message_id for hit in first + rest] == numbers[::-1]


def test_conversations_of_another_store_are_not_searched(desk: Cast):
    write("退货", store=desk.other_store.pk)
    assert search(desk.viewer(desk.chen), "退货") == []
    assert found(desk, "退货") == ["退货"]


def test_of_an_erased_customer_no_word_is_left_to_be_found(desk: Cast, lin: int):
    write("毛衣起球", customer=lin)
    write("毛衣很好", sender="b2")
    services.index_due()
    erase(customer_id=lin)
    assert (found(desk, "起球"), found(desk, "毛衣")) == ([], ["毛衣很好"])
    left = {len(bytes(places)) for places in Occurrence.objects.values_list("places", flat=True)}
    assert left == {0, 2}


def test_the_index_holds_no_word(desk: Cast):
    write("毛衣起球")
    services.index_due()
    assert Message.objects.filter(indexed=False).count() == 0
    # Four characters and three pairs, each as a number that only the chain's key can make.
    assert Occurrence.objects.count() == 7


def test_histories_told_one_after_another_are_found_beside_what_was_said_already(desk: Cast):
    write("大衣起球了", sender="b1")
    services.index_due()
    for address, text in (("past-1", "围巾起球"), ("past-2", "西装起球")):
        line = PastLine(Author.CUSTOMER, text, 1_700_000_000)
        talk = PastTalk(customer=None, store=None, channel="web", address=address, topic="", lines=[line])
        assert load_talks([talk]) == 1
    assert found(desk, "起球") == ["西装起球", "围巾起球", "大衣起球了"]
    assert found(desk, "围巾") == ["围巾起球"]
    assert services.index_due() == 0
