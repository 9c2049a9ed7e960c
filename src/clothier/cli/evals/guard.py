"""What the language guard would have flagged in real customer-service chats, and how often it was right.

`judged_hits.yaml` keeps the verdicts of a person who read each hit: hashes and counts, no sentence of anybody.
"""

import csv
import gzip
import hashlib
import time
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import yaml

from clothier.cli.problems import Problem
from clothier.language.contracts import Hit, Language
from clothier.language.services import check
from clothier.standards.selectors import parsed, shipped_text

CHATS = "service_chats_zh.csv.gz"


def guard(data: Path) -> list[dict[str, Any]]:
    """By the rules as shipped: counts per rule over the agents' messages, precision over those judged, time."""
    if not (data / CHATS).exists():
        raise Problem(f"{CHATS} is not under {data}; name its folder with --data")
    said = _agents(data / CHATS)
    rules = cast("Language", parsed("language", shipped_text("language")))
    started = time.process_time()
    hits = [(text, hit) for text in said for hit in check(text, rules)]
    spent = (time.process_time() - started) / max(len(said), 1) * 1000
    rows: list[tuple[str, float, str]] = [("messages of agents", len(said), ""), ("flagged expressions", len(hits), "")]
    rows += [(f"rule {key}", count, "") for key, count in Counter(hit.key for _, hit in hits).most_common()]
    rows += _precision(hits)
    rows.append(("a check, processor time", round(spent, 3), "ms"))
    return [{"name": name, "value": value, "unit": unit} for name, value, unit in rows]


def _agents(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file) if row["from_agent"] == "1"]


def _precision(hits: list[tuple[str, Hit]]) -> list[tuple[str, float, str]]:
    judged = yaml.safe_load((files("clothier.cli.evals") / "judged_hits.yaml").read_text("utf-8"))
    right, wrong = set(judged["right"]), set(judged["wrong"])
    marks = [mark(text, hit) for text, hit in hits]
    known = [one for one in marks if one in right | wrong]
    share = sum(one in right for one in known) / len(known) if known else 0.0
    return [("hits judged by a person", len(known), ""), ("of those rightly flagged", round(share, 3), "")]


def mark(text: str, hit: Hit) -> str:
    """A hit without its words."""
    return hashlib.sha256(f"{hit.key}:{hit.start}:{text}".encode()).hexdigest()[:12]
