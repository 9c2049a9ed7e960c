"""Layers, predictions, segments and metrics: in the shop's database, or by an engine over a snapshot of it."""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from clothier.cli.benches.measuring import Figure, once, percentiles, timed
from clothier.cli.problems import Problem
from clothier.customers.selectors import condition_of, members, size_of
from clothier.customers.services import catch_up, look_again_at_everybody, save_segment
from clothier.insights.services import analytics, predict_repurchase
from clothier.insights.services.analytics import Engine, NoEngine
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for

SEGMENTS: dict[str, dict[str, object]] = {
    "regulars": {"kind": "figure", "figure": "orders", "least": 5},
    "valued and away": {
        "kind": "all",
        "of": [
            {"kind": "layer", "layers": ["vip", "high_frequency"]},
            {"kind": "moment", "moment": "last_visit_at", "at_least_days": 60},
        ],
    },
    "bought twice lately": {"kind": "did", "deed": "purchase", "days": 30, "least": 2},
    "everybody": {"kind": "all", "of": []},
}


def segments(engine: str) -> list[Figure]:
    """The shop's own database also keeps what it works out, and shows a segment while it is edited."""
    if engine == "orm":
        return [*_kept(), *_edited()]
    with tempfile.TemporaryDirectory() as folder:
        try:
            return _analysed(engine, Path(folder))
        except NoEngine as missing:
            raise Problem(str(missing)) from None


def saved(name: str) -> Any:
    """A segment of that name, saved and read back as its condition."""
    stamp = f"{clock.now():%Y%m%d%H%M%S%f}"
    return condition_of(save_segment(name=f"bench {name} {stamp}", condition=SEGMENTS[name]))


def _kept() -> list[Figure]:
    """Everybody placed, foretold and counted in every segment, with what is new written to the profiles."""
    figures = [
        once("layers of everybody", _place_everybody),
        once("predictions of everybody", predict_repurchase),
    ]
    with analytics.opened("orm", Path()) as live:
        figures += [*_counted(live), _yesterday(live)]
    return [*figures, _all(figures)]


def _edited() -> list[Figure]:
    """The live size while a segment is edited, and a page of its members."""
    figures: list[Figure] = []
    for name in SEGMENTS:
        condition = saved(name)
        figures += percentiles(f"size: {name}", lambda condition=condition: size_of(condition))  # type: ignore[misc]
        figures += percentiles(f"members: {name}", lambda condition=condition: members(condition))  # type: ignore[misc]
    return figures


def _analysed(name: str, folder: Path) -> list[Figure]:
    """Raises NoEngine."""
    rows: dict[str, int] = {}
    took = timed(lambda: rows.update(analytics.take_snapshot(folder / "all")))
    size = sum(file.stat().st_size for file in folder.rglob("*.parquet"))
    began = time.perf_counter()
    with analytics.opened(name, folder / "all") as engine:
        opened = time.perf_counter() - began
        worked = [
            once("layers of everybody", lambda: analytics.layer_sizes(engine)),
            once("predictions of everybody", lambda: analytics.predict(engine, folder / "expected")),
            *_counted(engine),
            _yesterday(engine),
        ]
    return [
        Figure("snapshot written", took, "s"),
        Figure("rows of the snapshot", sum(rows.values()), "rows"),
        Figure("size of the snapshot", size / 2**20, "MB"),
        Figure("engine opened", opened, "s"),
        *worked,
        _all(worked),
    ]


def _all(figures: list[Figure]) -> Figure:
    wall, cpu = sum(each.value for each in figures), sum(each.cpu or 0 for each in figures)
    return Figure("all from nothing", wall, "s", cpu=cpu)


def _counted(engine: Engine) -> list[Figure]:
    return [once(f"people of: {name}", _count(engine, saved(name))) for name in SEGMENTS]


def _yesterday(engine: Engine) -> Figure:
    stores = list(stores_for(SYSTEM).values_list("pk", flat=True))
    day = timezone.localdate(clock.now()) - timedelta(days=1)
    return once("metrics of yesterday, all stores", lambda: analytics.metrics_of(engine, day, stores))


def _count(engine: Engine, condition: Any) -> Callable[[], int]:
    return lambda: analytics.count_people(engine, condition)


def _place_everybody() -> None:
    look_again_at_everybody(at=clock.now())
    while catch_up():
        pass
