import pytest

from clothier.kernel.redaction import HIDDEN, redact, scrub


@pytest.mark.parametrize(
    "text",
    [
        "called 13800138000 twice",
        "called +86 138-0013-8000",
        "wrote to lin.mei@example.com",
        "showed 11010519491231002X",
        "parked 沪A12345",
        "with ck_7f3_secret-part",
    ],
)
def test_personal_data_inside_a_text_is_blanked(text):
    assert HIDDEN in scrub(text)
    assert not any(part in scrub(text) for part in ("8000", "lin.mei", "1949", "12345", "secret"))


@pytest.mark.parametrize("field", ["phone", "customer_name", "password", "api_key", "q", "note", "session_cookie"])
def test_a_field_that_names_personal_data_is_blanked_whole(field):
    assert redact(field, "林梅") == HIDDEN


def test_numbers_and_plain_words_pass():
    assert redact("ms", 12.5) == 12.5
    assert redact("route", "/floor/visits/<int:pk>/") == "/floor/visits/<int:pk>/"
    assert redact("found", {"phone": "13800138000", "count": 3}) == {"phone": HIDDEN, "count": 3}
