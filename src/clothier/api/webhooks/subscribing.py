"""Where events are posted to: begun, changed, paused, tried out, ended."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.api import events
from clothier.api.models import Posting, Subscription
from clothier.api.webhooks.guard import checked
from clothier.api.webhooks.services import place
from clothier.eventlog.contracts import Event, event_types
from clothier.eventlog.services import record
from clothier.eventlog.tail import latest
from clothier.kernel import clock, vault
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

# How long both secrets sign after a change: a day and its night, so that nobody has to change both sides at once.
OVERLAP = timedelta(hours=24)


def subscribe(
    *,
    url: str,
    types: Collection[str],
    stores: Collection[int] | None = None,
    actor: int | None = None,
    key: str | None = None,
) -> tuple[Subscription, str]:
    """Post events of these types to an address from now on; the secret that signs them is shown this once.

    Raises AlreadyRecorded when `key` was used: the first call made the subscription.
    """
    _check(url, types)
    secret, sealing_key = _secret(), vault.new_key()
    with transaction.atomic():
        row = Subscription.objects.create(
            url=url,
            types=sorted(types),
            stores=None if stores is None else sorted(stores),
            sealing_key=sealing_key,
            sealed_secret=vault.seal(sealing_key, secret),
            created_at=clock.now(),
            after=latest(),
        )
        place()
        event = events.WebhookSubscribed(types=row.types, stores=row.stores or [])
        record(event, subject=_ref(row.pk), actor=actor, key=key)
    return row, secret


@transaction.atomic
def change_subscription(
    *, subscription: int, url: str, types: Collection[str], stores: Collection[int] | None, actor: int | None
) -> None:
    """Another address, other types or stores, from the next event on; what is already owed goes to the new address."""
    _check(url, types)
    said = {"url": url, "types": sorted(types), "stores": None if stores is None else sorted(stores)}
    row = Subscription.objects.select_for_update().get(pk=subscription)
    if all(getattr(row, name) == value for name, value in said.items()):
        return
    Subscription.objects.filter(pk=subscription).update(**said)
    _tell(events.WebhookChanged(types=sorted(types), stores=sorted(stores or ())), subscription, actor)


@transaction.atomic
def pause(*, subscription: int, actor: int | None) -> None:
    """Post nothing for now: what happens meanwhile is owed and waits. Twice is once."""
    if Subscription.objects.filter(pk=subscription, paused_at=None).update(paused_at=clock.now()):
        _tell(events.WebhookPaused(), subscription, actor)


@transaction.atomic
def resume(*, subscription: int, actor: int | None) -> None:
    """Post what waited, the oldest first, and go on. Twice is once."""
    if Subscription.objects.filter(pk=subscription).exclude(paused_at=None).update(paused_at=None):
        _tell(events.WebhookResumed(), subscription, actor)


@transaction.atomic
def rotate_secret(*, subscription: int, actor: int | None, key: str | None = None) -> str:
    """A new secret signs from the next posting on; it is shown this once. The one before signs beside it for a day.

    Changed again within that day, the oldest signs no more. Raises AlreadyRecorded when `key` was used: the secret was
    rotated then, and once.
    """
    secret, row = _secret(), Subscription.objects.select_for_update().get(pk=subscription)
    Subscription.objects.filter(pk=subscription).update(
        sealed_secret=vault.seal(bytes(row.sealing_key), secret),
        sealed_before=row.sealed_secret,
        before_until=clock.now() + OVERLAP,
    )
    _tell(events.WebhookSecretRotated(), subscription, actor, key)
    return secret


@transaction.atomic
def unsubscribe(*, subscription: int, actor: int | None) -> None:
    """Post nothing to it any more; what was still owed is let go with it. Twice is once."""
    Posting.objects.filter(subscription=subscription).delete()
    if Subscription.objects.filter(pk=subscription).delete()[0]:
        _tell(events.WebhookRemoved(), subscription, actor)


@transaction.atomic
def send_test(*, subscription: int, actor: int | None) -> int:
    """Owe it one event made for the purpose, signed and retried as any other; the posting's id."""
    if Subscription.objects.filter(pk=subscription).exclude(paused_at=None).exists():
        raise Refused(_("这个订阅暂停着，先恢复再试。"))
    entry = record(events.WebhookTested(), subject=_ref(subscription), actor=actor)
    return Posting.objects.create(subscription_id=subscription, entry_id=entry.pk, due_at=clock.now()).pk


def _check(url: str, types: Collection[str]) -> None:
    if not types:
        raise Refused(_("请选择要订阅的事件"), field="types")
    if unknown := set(types) - set(event_types()):
        raise Refused(_("不认识这些事件：%(types)s") % {"types": "、".join(sorted(unknown))}, field="types")
    checked(url)


def _secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def _ref(subscription: int) -> Ref:
    return Ref("webhook", subscription)


def _tell(event: Event, subscription: int, actor: int | None, key: str | None = None) -> None:
    record(event, subject=_ref(subscription), actor=actor, key=key)
