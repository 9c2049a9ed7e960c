"""The value layers as the house rules have them now."""

from datetime import timedelta

from django.utils.translation import get_language

from clothier.customers.rules.layers import Bounds, Ladder
from clothier.standards.selectors import document

_YEAR = timedelta(days=365)


def ladder() -> Ladder:
    """A window of months is that share of a year of 365 days."""
    layers = document("value_layers")
    bounds = (layer.model_dump(include=set(Bounds.__slots__)) for layer in layers.layers)
    return Ladder(window=_YEAR * layers.window_months / 12, layers=tuple(Bounds(**fields) for fields in bounds))


def layer_names() -> dict[str, str]:
    """The layers' names in the reader's language, in the rules' order."""
    return {layer.key: layer.name.say(get_language() or "") for layer in document("value_layers").layers}
