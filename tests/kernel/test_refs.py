import pytest

from clothier.kernel.refs import Ref, number, parse_ref


@pytest.mark.parametrize(("text", "row"), [("12", 12), ("", None), ("-1", None), ("12a", None), ("9" * 19, None)])
def test_a_row_is_named_by_a_number_that_a_row_can_have(text, row):
    assert number(text) == row


def test_a_reference_is_read_as_it_is_written():
    assert parse_ref("visit:12") == Ref("visit", 12)
    assert str(Ref("visit", 12)) == "visit:12"


@pytest.mark.parametrize("text", ["visit", "visit:", ":12", "visit:x", "visit:" + "9" * 19])
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(ValueError, match="is not a reference"):
        parse_ref(text)
