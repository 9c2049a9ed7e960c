"""The docs cover what the code has, and nothing it has not."""

import importlib.util
import re
from pathlib import Path

from clothier.eventlog.contracts import event_types

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\b(?:CLOTHIER_[A-Z_]+|DATABASE_URL)\b")


def test_every_setting_is_documented_and_every_documented_setting_exists():
    read = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"""["'](CLOTHIER_[A-Z_]+|DATABASE_URL)["']""", path.read_text())
    }
    assert set(VARIABLE.findall((ROOT / "docs" / "settings.md").read_text())) == read


def test_every_event_is_documented():
    documented = set(re.findall(r"^\| `([a-z_.]+)`", (ROOT / "docs" / "events.md").read_text(), re.MULTILINE))
    assert documented == {type_ for type_ in event_types() if not type_.startswith("test.")}


def test_the_data_protection_sheets_say_what_is_declared():
    """scripts/privacy.py writes them."""
    script = importlib.util.spec_from_file_location("privacy", ROOT / "scripts" / "privacy.py")
    privacy = importlib.util.module_from_spec(script)
    script.loader.exec_module(privacy)
    assert {name: (ROOT / "docs" / name).read_text() for name in privacy.sheets()} == privacy.sheets()


def test_every_test_named_in_the_threat_model_exists():
    named = re.findall(r"`(test_\w+)`|`(tests/[\w/.]+)`", (ROOT / "docs" / "security.md").read_text())
    there = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert {name for name, _path in named if name and name not in there} == set()
    assert {path for _name, path in named if path and not (ROOT / path).exists()} == set()
    assert len(named) > 30


def test_links_between_documents_lead_somewhere():
    documents = [ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.relative_to(ROOT)} → {target}"
        for document in documents
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
        if not (document.parent / target).exists()
    ]
    assert broken == []
