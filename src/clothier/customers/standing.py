"""The value layers as the house rules have them now."""

from datetime import datetime, timedelta

from django.utils.translation import get_language

from clothier.customers.rules.layer_sql import layer_sql
from clothier.customers.rules.layers import Bounds, Ladder
from clothier.standards.selectors import document

_YEAR = timedelta(days=365)


def ladder() -> Ladder:
    """A window of months is that share of a year of 365 days."""
    layers = document("value_layers")
    bounds = (layer.model_dump(include=set(Bounds.__slots__)) for layer in layers.layers)
    return Ladder(window=_YEAR * layers.window_months / 12, layers=tuple(Bounds(**fields) for fields in bounds))


def layers_sql(now: datetime) -> str:
    """Everybody's layer at `now` from the profiles' sums, for any database: customer_id, layer."""
    return f"SELECT customer_id, {layer_sql(ladder(), now)} AS layer FROM customers_profile WHERE live"  # noqa: S608


def layer_names() -> dict[str, str]:
    """The layers' names in the reader's language, in the rules' order."""
    return {layer.key: layer.name.say(get_language() or "") for layer in document("value_layers").layers}
