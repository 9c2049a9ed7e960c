"""The verbs of the machines' side, by the names other packages call them."""

from clothier.api.keys import create_key, revoke_key
from clothier.api.webhooks.services import Reader, post_due, retry, subscribe

__all__ = ["Reader", "create_key", "post_due", "retry", "revoke_key", "subscribe"]
