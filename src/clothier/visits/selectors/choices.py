"""The words of forms, so that a desk never needs to know the rows behind them."""

from clothier.visits.contracts import Choices
from clothier.visits.models import Bell, FittingItem, Need, Step, Visit


def choices() -> Choices:
    return Choices(
        occasions=list(Need.Occasion.choices),
        wearers=list(Need.Wearer.choices),
        aids=list(Step.Aid.choices),
        outcomes=list(FittingItem.Outcome.choices),
        reasons=list(FittingItem.Reason.choices),
        wishes=list(Bell.Wish.choices),
        vias=list(Visit.Via.choices),
    )
