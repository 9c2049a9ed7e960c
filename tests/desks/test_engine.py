"""Pages are compiled with their sentences in the reader's language."""

from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation
from jinja2 import DictLoader, Environment

from clothier.desks.shell.engine.spoken import Kept


def drawn(source: str, language: str, **context: object) -> str:
    with translation.override(language):
        return str(engines["jinja2"].from_string(source).render(context))


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "未守住"), ("zh-hant", "未守住"), ("en", "Broken")])
def test_a_sentence_is_in_the_language_of_whoever_reads(language, words):
    assert drawn('{{ pgettext("state", "未守住") }}', language) == words


def test_what_fills_a_gap_is_escaped_and_a_sentence_may_hold_markup():
    page = "{% trans n=name %}欢迎 <b>{{ n }}</b>{% endtrans %}"
    assert drawn(page, "zh-hans", name="<i>林</i>") == "欢迎 <b>&lt;i&gt;林&lt;/i&gt;</b>"
    assert drawn('{{ _("100%%") }}', "zh-hans") == "100%"


def test_a_sentence_known_only_when_it_is_drawn_is_translated_then():
    assert drawn("{{ _(said) }}", "en", said="全部") == drawn('{{ _("全部") }}', "en") == "All"
    assert drawn("{{ ngettext('%(num)s 单', '%(num)s 单', n) }}", "zh-hans", n=3) == "3 单"


def test_a_compiled_page_is_made_anew_when_a_translation_changes(settings, tmp_path):
    catalogue = tmp_path / "words" / "en" / "LC_MESSAGES" / "django.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(b"one")
    settings.HOME, settings.LOCALE_PATHS = tmp_path, [Path(tmp_path / "words")]
    before = Kept("en").get_source_checksum("page")
    assert Kept("en").get_source_checksum("page") == before != Kept("zh-hant").get_source_checksum("page")
    catalogue.write_bytes(b"another")
    assert Kept("en").get_source_checksum("page") != before


def test_a_page_is_drawn_though_its_compiled_form_cannot_be_kept(settings, tmp_path):
    settings.HOME = tmp_path
    drawing = Environment(loader=DictLoader({"a.html": "{{ 1 + 1 }}"}), bytecode_cache=Kept("en"), autoescape=True)
    (tmp_path / "pages" / "en").rmdir()
    assert drawing.get_template("a.html").render() == "2"
