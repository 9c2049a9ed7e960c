"""The verbs of insight."""

from clothier.insights.services.repurchase import evaluate_repurchase, predict_repurchase
from clothier.insights.services.rollups import count_day, refresh

__all__ = ["count_day", "evaluate_repurchase", "predict_repurchase", "refresh"]
