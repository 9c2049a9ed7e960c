"""The verbs of insight."""

from clothier.insights.services.evaluation import evaluate_repurchase
from clothier.insights.services.predictions import predict_repurchase
from clothier.insights.services.rollups import count_day, refresh

__all__ = ["count_day", "evaluate_repurchase", "predict_repurchase", "refresh"]
