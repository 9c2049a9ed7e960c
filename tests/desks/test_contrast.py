"""Every colour of text on every ground it stands on: WCAG 2.2 AA in both themes."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "src/clothier/desks/shell/static/clothier/css"
TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TOKENS = {name: (light, dark) for name, light, dark in TOKEN.findall((CSS / "tokens.css").read_text())}

GROUNDS = ("paper", "sheet", "hover")
TEXTS = ("ink", "ink-2", "ink-3", "accent", "good", "warn", "info")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *((text, "ink-wash") for text in ("ink", "ink-2")),
    *((text, "sunk") for text in ("ink", "ink-2", "ink-3")),
    *((name, f"{name}-wash") for name in ("accent", "good", "warn", "info")),
    *((text, f"{name}-wash") for name in ("accent", "good", "warn", "info") for text in ("ink", "ink-2")),
    ("on-accent", "accent"),
    ("paper", "ink"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable_on_its_ground_in_both_themes(text, ground):
    for theme in (0, 1):
        assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("mark", ["edge", "focus"])
def test_edges_of_controls_and_the_focus_ring_stand_out(mark, ground):
    for theme in (0, 1):
        assert contrast(TOKENS[mark][theme], TOKENS[ground][theme]) >= 3


def test_a_component_takes_its_colours_from_the_tokens():
    wrong = [
        f"{path.name}: {colour}"
        for path in sorted(CSS.glob("*.css"))
        if path.name not in {"tokens.css", "print.css"}
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text())
        if colour != "#000"
    ]
    assert wrong == []


def test_every_sheet_is_in_the_index():
    listed = set(re.findall(r'url\("([\w-]+\.css)"\)', (CSS / "index.css").read_text()))
    assert listed == {path.name for path in CSS.glob("*.css")} - {"index.css"}
