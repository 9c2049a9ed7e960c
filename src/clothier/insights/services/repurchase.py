"""The repurchase model's doors. Behind them lie numpy and scipy, a second of loading: only who fits a model waits."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clothier.insights.services.evaluation import Figure


def predict_repurchase() -> int:
    """Fit the models on all purchases up to today and store what they expect; how many customers."""
    from clothier.insights.services import predictions

    return predictions.predict_repurchase()


def evaluate_repurchase(*folders: Path) -> "list[Figure]":
    """Figures of the fit and the hold-out error on every data set found in the folders. Raises NoData without CDNOW."""
    from clothier.insights.services import evaluation

    return evaluation.evaluate_repurchase(*folders)
