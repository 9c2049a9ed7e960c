"""The verbs of the machines' side, by the names other packages call them."""

from clothier.api.keys import caller, create_key, revoke_key
from clothier.api.pruning import drop_retired_secrets, prune_postings, prune_repetitions
from clothier.api.v1.ingestion import Ingestion
from clothier.api.webhooks.parking import let_all_go, let_go, retry, retry_all
from clothier.api.webhooks.services import Reader, call_forward, post_due
from clothier.api.webhooks.subscribing import (
    change_subscription,
    pause,
    resume,
    rotate_secret,
    send_test,
    subscribe,
    unsubscribe,
)

__all__ = [
    "Ingestion",
    "Reader",
    "call_forward",
    "caller",
    "change_subscription",
    "create_key",
    "drop_retired_secrets",
    "let_all_go",
    "let_go",
    "pause",
    "post_due",
    "prune_postings",
    "prune_repetitions",
    "resume",
    "retry",
    "retry_all",
    "revoke_key",
    "rotate_secret",
    "send_test",
    "subscribe",
    "unsubscribe",
]
