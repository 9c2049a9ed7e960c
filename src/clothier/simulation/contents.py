"""What the demo chain is made of, read from the YAML beside: goods, colours, people, stores."""

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """A content file by name: styles, colours, people or chain."""
    text = resources.files("clothier.simulation").joinpath("content", f"{name}.yaml").read_text(encoding="utf-8")
    # libyaml where PyYAML came with it: ten times as fast, and a fill reads half a minute of YAML otherwise.
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe either way
