"""Layers, predictions, segments and metrics, worked out by an engine: the same statements on every one of them."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from clothier.checkout import selectors as checkout
from clothier.customers import selectors as customers
from clothier.customers.selectors import CURRENCIES, buyers_sql, layers_sql, people_where
from clothier.insights.contracts import Reading
from clothier.insights.engines import dialects
from clothier.insights.engines.contracts import Engine, NoEngine
from clothier.insights.engines.live import Live
from clothier.insights.measures import NOWHERE, bounds, measure
from clothier.insights.repurchase.expecting import EXPECTED, Expecting
from clothier.insights.repurchase.outlook import Outlook, learn, step, summary_of
from clothier.insights.selectors import read_off
from clothier.kernel import clock, snapshots
from clothier.standards import selectors as standards
from clothier.visits import selectors as visits

ENGINES = ("orm", "duckdb", "spark")


def take_snapshot(folder: Path) -> dict[str, int]:
    """Write what analyses read to Parquet files in an empty folder; rows by table."""
    read = [*customers.extracts(), *checkout.extracts(), *visits.extracts(), *standards.extracts()]
    return {extract.table: snapshots.write(extract, folder) for extract in read}


@contextmanager
def opened(name: str, snapshot: Path) -> Iterator[Engine]:
    """An engine over a snapshot; `orm` is the shop's own database and needs none. Raises NoEngine."""
    engine = _engine(name, snapshot)
    try:
        yield engine
    finally:
        engine.close()


def layers(engine: Engine) -> list[tuple[int, str]]:
    """Everybody's value layer as of now."""
    return [(pk, layer) for pk, layer in engine.rows(dialects.translated(layers_sql(clock.now()), engine.dialect))]


def layer_sizes(engine: Engine) -> dict[str, int]:
    """How many people stand in each layer as of now."""
    placed = f"SELECT layer, COUNT(*) FROM ({layers_sql(clock.now())}) placed GROUP BY layer"  # noqa: S608
    return dict(engine.rows(dialects.translated(placed, engine.dialect)))


def people(engine: Engine, condition: Any) -> list[int]:
    """Everybody a condition holds for, in the order of their numbers."""
    asked = people_where(condition).order_by("pk").values_list("pk")
    return [pk for (pk,) in engine.ask(asked)]


def count_people(engine: Engine, condition: Any) -> int:
    """How many people a condition holds for, counted and not estimated."""
    asked = dialects.statement(people_where(condition).order_by().values_list("pk"), engine.dialect)
    return int(engine.rows(f"SELECT COUNT(*) FROM ({asked}) people")[0][0])  # noqa: S608


def outlook_of(engine: Engine, currency: str, today: int) -> Outlook:
    """The models of a population, learned from so many of it as are enough. Raises FitFailed."""
    everybody = dialects.translated(buyers_sql(currency=currency, today=today), engine.dialect)
    count = engine.rows(f"SELECT COUNT(*) FROM ({everybody}) buyers")[0][0]  # noqa: S608 - our own statement
    return learn(summary_of([engine.rows(buyers_sql(currency=currency, today=today, every=step(count)))]))


def predict(engine: Engine, into: Path) -> None:
    """What to expect of everybody today, to Parquet files in a folder for each currency. Raises FitFailed."""
    today = timezone.localdate(clock.now()).toordinal()
    for (currency,) in engine.rows(CURRENCIES):
        outlook = outlook_of(engine, currency, today)
        engine.write(buyers_sql(currency=currency, today=today), Expecting(outlook), EXPECTED, into / currency)


def metrics_of(engine: Engine, day: date, stores: Collection[int]) -> list[Reading]:
    """Every metric of a day, of these stores and what belongs to none, read off the books."""
    whole: Counter[str] = Counter()
    for figures in measure(engine, {*stores, NOWHERE}, *bounds(day)).values():
        whole.update(figures)
    return read_off(whole)


def _engine(name: str, snapshot: Path) -> Engine:
    if name == "orm":
        return Live()
    # Loaded only where they are used: DuckDB takes a moment, Spark a Java machine.
    if name == "duckdb":
        from clothier.insights.engines.duck import Duck

        return Duck(snapshot)
    if name == "spark":
        from clothier.insights.engines.spark import Spark

        return Spark(snapshot)
    raise NoEngine(f"there is no engine {name}; choose one of {', '.join(ENGINES)}")


__all__ = [
    "ENGINES", "Engine", "NoEngine", "count_people", "layer_sizes", "layers", "metrics_of", "opened", "outlook_of",
    "people", "predict", "take_snapshot",
]  # fmt: skip
