"""Days in forms: a browser's own picker takes ISO days and shows nothing for any other."""

from datetime import date
from pathlib import Path

from django.utils import translation

import clothier
from clothier.desks.finance.forms import LedgerForm


def test_a_day_a_form_knows_is_shown_in_every_language():
    known = {"first": date(2026, 10, 24), "last": date(2026, 11, 3)}
    for language in ("zh-hans", "zh-hant", "en"):
        with translation.override(language):
            drawn = str(LedgerForm(initial=known)["first"])
        assert '<input type="date"' in drawn
        assert 'value="2026-10-24"' in drawn


def test_every_form_asks_for_a_day_the_same_way():
    package = Path(clothier.__file__).parent
    told = [path for path in package.rglob("*.py") if "DateInput" in path.read_text()]
    assert told == [package / "desks/shell/forms.py"]
