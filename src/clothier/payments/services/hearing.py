"""Notifications: believed only when the provider signed them, taken once, answered in the provider's own format."""

from collections.abc import Mapping

import structlog
from django.db import transaction

from clothier.kernel import clock
from clothier.payments.contracts import Exchange, Forged, Heard, Reply
from clothier.payments.models import Attempt, Discrepancy, Notification, RefundPart
from clothier.payments.providers.registry import listening
from clothier.payments.services.answers import take
from clothier.payments.services.refunding import take_part

log = structlog.get_logger(__name__)


def hear(*, provider: str, headers: Mapping[str, str], body: bytes) -> Reply:
    """Take a notification in. What is forged, replayed or garbled touches no row. Raises KeyError for a provider that
    is not connected or sends none.
    """
    ear = listening(provider)
    try:
        heard = ear.hear(headers, body)
    except Forged as reason:
        log.warning("notification_refused", provider=provider, reason=str(reason))
        return ear.reply(taken=False)
    _take_once(provider, heard)
    return ear.reply(taken=True)


@transaction.atomic
def _take_once(provider: str, heard: Heard) -> None:
    """In one transaction with its effect: a notification is never taken and without effect, nor the other way round."""
    _row, fresh = Notification.objects.get_or_create(
        provider=provider, number=heard.id, defaults={"received_at": clock.now()}
    )
    if not fresh:
        return
    if heard.of_refund:
        part = RefundPart.objects.filter(number=heard.answer.number, attempt__provider=provider).first()
        if part:
            take_part(part.pk, heard.answer)
            return
    else:
        attempt = Attempt.objects.filter(number=heard.answer.number, provider=provider).first()
        if attempt:
            take(attempt.pk, heard.answer)
            return
    _stranger(provider, heard)


def _stranger(provider: str, heard: Heard) -> None:
    """Signed, and about a number we do not have: kept for a person, for it may be money."""
    told = {"number": heard.answer.number, "said": heard.answer.said.value, "fen": heard.answer.fen}
    said = [dict(each.answered) for each in heard.answer.exchanges if isinstance(each, Exchange)]
    Discrepancy.objects.create(
        kind=Discrepancy.Kind.STRANGER, provider=provider, told={**told, "notified": said}, at=clock.now()
    )
