"""Which records are probably one person: a Fellegi–Sunter model by Splink, on hashes and readings, never on numbers.

Agreement of a field speaks for a match by how much more often it occurs among one person's records (m, below, from
how registrations go wrong) than among strangers' (u, sampled from the very data): sharing a rare name says more than
sharing 王伟. Phones, e-mails and birthdays come as keyed hashes, so of a mistyped phone only its last four digits can
still agree.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_level_library as level
from splink import comparison_library as comparison

COLUMNS = ("unique_id", "name", "pinyin", "phone", "tail", "email", "birthday", "title", "store")
SAMPLED_PAIRS = 1_000_000
ENOUGH = 2_000
"""Fewer records than this say too little about strangers; the u below, those of a city's customers, stand in."""
DUPLICATES = 0.05
"""The share of records expected to be somebody's second one; sets the odds before any field is looked at."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record as the model sees it; None where it says nothing. Numbers and birthdays are keyed hashes."""

    id: int
    name: str | None
    pinyin: str | None
    phone: str | None = None
    tail: str | None = None
    email: str | None = None
    birthday: str | None = None
    title: str | None = None
    store: str | None = None

    def row(self) -> tuple[Any, ...]:
        return (
            self.id, self.name, self.pinyin, self.phone, self.tail, self.email, self.birthday, self.title, self.store,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likely:
    """A pair with the model's probability, and the fields that agree, come close and differ."""

    a: int
    b: int
    score: float
    agree: tuple[str, ...]
    close: tuple[str, ...]
    differ: tuple[str, ...]


def likely_pairs(candidates: Iterable[Candidate], *, threshold: float = 0.9) -> list[Likely]:
    """Pairs above the threshold, surest first."""
    rows = [candidate.row() for candidate in candidates]
    if len(rows) < 2:
        return []
    logging.getLogger("splink").setLevel(logging.ERROR)
    engine = DuckDBAPI()
    table = engine.register(_table(rows))
    linker = Linker(table, _settings(len(rows)), log_level=logging.ERROR)
    if len(rows) >= ENOUGH:
        linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=1)
    found = linker.inference.predict(threshold_match_probability=threshold)
    pairs = [_likely(row) for row in found.as_record_list()]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))


def _settings(count: int) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=min(0.01, 2 * DUPLICATES / max(count - 1, 1)),
        blocking_rules_to_generate_predictions=[
            block_on("phone"),
            block_on("email"),
            block_on("pinyin", "birthday"),
            block_on("pinyin", "tail"),
            block_on("tail", "birthday"),
            block_on("name", "store", "title"),
        ],
        comparisons=_comparisons(),
        retain_intermediate_calculation_columns=False,
    )


def _comparisons() -> list[Any]:
    name = comparison.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            level.NullLevel("pinyin"),
            level.ExactMatchLevel("name").configure(
                m_probability=0.72, u_probability=0.001, tf_adjustment_column="name"
            ),
            level.ExactMatchLevel("pinyin").configure(m_probability=0.14, u_probability=0.001),
            level.JaroWinklerLevel("pinyin", 0.92).configure(m_probability=0.09, u_probability=0.01),
            level.ElseLevel().configure(m_probability=0.05, u_probability=0.988),
        ],
    )
    phone = comparison.CustomComparison(
        output_column_name="phone",
        comparison_levels=[
            level.NullLevel("phone"),
            level.ExactMatchLevel("phone").configure(m_probability=0.68, u_probability=0.00001),
            level.ExactMatchLevel("tail").configure(m_probability=0.14, u_probability=0.0001),
            level.ElseLevel().configure(m_probability=0.18, u_probability=0.99989),
        ],
    )
    plain = {"email": (0.8, 0.00001), "birthday": (0.95, 1 / 365), "title": (0.97, 0.55), "store": (0.55, 0.1)}
    return [name, phone] + [
        comparison.ExactMatch(column).configure(m_probabilities=[m, 1 - m], u_probabilities=[u, 1 - u])
        for column, (m, u) in plain.items()
    ]


def _table(rows: list[tuple[Any, ...]]) -> pa.Table:
    types = [pa.int64()] + [pa.string()] * (len(COLUMNS) - 1)
    columns = zip(*rows, strict=True)
    return pa.table({name: pa.array(values, kind) for name, values, kind in zip(COLUMNS, columns, types, strict=True)})


def _likely(row: dict[str, Any]) -> Likely:
    fields = [name.removeprefix("gamma_") for name in row if name.startswith("gamma_")]
    best = {"name": 3, "phone": 2}
    agree = tuple(field for field in fields if row[f"gamma_{field}"] == best.get(field, 1))
    differ = tuple(field for field in fields if row[f"gamma_{field}"] == 0)
    close = tuple(field for field in fields if 0 < row[f"gamma_{field}"] < best.get(field, 1))
    a, b = sorted((int(row["unique_id_l"]), int(row["unique_id_r"])))
    return Likely(a, b, float(row["match_probability"]), agree, close, differ)
