"""Held against the published: the CDNOW fit of Fader, Hardie and Lee (2005), and purchases nobody fitted on."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from clothier.insights.repurchase import datasets, gammagamma
from clothier.insights.repurchase.bgnbd import BgNbd
from clothier.insights.repurchase.datasets import NoData
from clothier.insights.repurchase.gammagamma import GammaGamma
from clothier.insights.repurchase.holdout import HoldOut, hold_out

Figure = dict[str, Any]


def evaluate_repurchase(*folders: Path) -> list[Figure]:
    """Figures of the fit and the hold-out error on every data set found in the folders. Raises NoData without CDNOW."""
    figures = list(_cdnow(folders))
    with_retail = (folder for folder in folders if (folder / datasets.RETAIL).exists())
    for folder in with_retail:
        figures += _retail(folder)
    return figures


def _cdnow(folders: Sequence[Path]) -> Iterator[Figure]:
    purchases = datasets.cdnow(folders)
    model, known, error = hold_out(purchases, calibration_end=datasets.CDNOW_CALIBRATION, end=datasets.CDNOW_END)
    yield from _fit("cdnow", model, gammagamma.fit(known.spend))
    yield from _error("cdnow", error)


def _retail(folder: Path) -> Iterator[Figure]:
    purchases = datasets.retail(folder)
    model, known, error = hold_out(purchases, calibration_end=datasets.RETAIL_CALIBRATION, end=datasets.RETAIL_END)
    yield from _fit("retail", model, gammagamma.fit(known.spend))
    yield from _error("retail", error)


def _fit(data: str, model: BgNbd, spend: GammaGamma) -> Iterator[Figure]:
    for name in ("r", "alpha", "a", "b"):
        yield _figure(f"{data}: {name}", getattr(model, name), "", 4)
    yield _figure(f"{data}: log-likelihood", model.log_likelihood, "", 1)
    for name in ("p", "q", "v"):
        yield _figure(f"{data}: spend {name}", getattr(spend, name), "", 3)


def _error(data: str, error: HoldOut) -> Iterator[Figure]:
    yield _figure(f"{data}: customers", error.customers, "customers", 0)
    yield _figure(f"{data}: held out", error.weeks, "weeks", 1)
    yield _figure(f"{data}: purchases foreseen", error.foreseen, "purchases", 1)
    yield _figure(f"{data}: purchases made", error.made, "purchases", 0)
    yield _figure(f"{data}: mean error", error.mean_error, "purchases a customer", 4)
    yield _figure(f"{data}: root mean square error", error.root_mean_square_error, "purchases a customer", 4)
    yield _figure(f"{data}: mean error of going on as before", error.naive_error, "purchases a customer", 4)


def _figure(name: str, value: float, unit: str, places: int) -> Figure:
    return {"name": name, "value": round(value, places) if places else int(value), "unit": unit}


__all__ = ["NoData", "evaluate_repurchase"]
