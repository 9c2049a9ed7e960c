"""The verbs of insight."""

from clothier.insights.services.evaluation import evaluate_repurchase
from clothier.insights.services.predictions import predict_repurchase

__all__ = ["evaluate_repurchase", "predict_repurchase"]
