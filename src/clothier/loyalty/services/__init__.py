"""The verbs on points, by the names other packages call them."""

from clothier.loyalty.services.earning import earn, earn_many
from clothier.loyalty.services.granting import grant, grant_suggestion
from clothier.loyalty.services.reversing import exchange, reverse
from clothier.loyalty.services.spending import give_back, spend

__all__ = ["earn", "earn_many", "exchange", "give_back", "grant", "grant_suggestion", "reverse", "spend"]
