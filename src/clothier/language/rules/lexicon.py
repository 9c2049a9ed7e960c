"""The word lists of this package, read once when first asked for."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """A file of `data/` by its name."""
    return yaml.safe_load((files("clothier.language") / f"data/{name}.yaml").read_text("utf-8"))


def trade_words() -> list[str]:
    """Words of the clothing trade that no general dictionary has."""
    return [word for line in load("trade_words") for word in line.split()]
