"""What is in doubt is asked about, after longer and longer pauses, until the provider has said how it ended.

A chore of the worker rather than a deferred handler: a handler runs inside a transaction, and on SQLite that would hold
the only write lock for as long as a provider takes to answer.
"""

from dataclasses import replace
from datetime import timedelta

from clothier.kernel import clock
from clothier.payments.contracts import LIVE, Answer, Cause, RefundState, Said
from clothier.payments.models import Attempt, RefundPart
from clothier.payments.providers.registry import connected, provider_of
from clothier.payments.rules import GRACE
from clothier.payments.services.answers import take
from clothier.payments.services.refunding import take_part
from clothier.payments.services.rows import charge_of, house, payback_of

BATCH = 20
# Whoever takes a question has this long; should it die, the next one asks.
LEASE = timedelta(seconds=60)


def inquire(*, attempt: int) -> Attempt:
    """Ask the provider how an attempt went, and believe it. Outside of any transaction."""
    row = Attempt.objects.select_related("payment").get(pk=attempt)
    if not row.live or not row.provider or not connected(row.provider):
        return row
    provider = provider_of(row.provider)
    answer = provider.ask(charge_of(row))
    if why := _call_off(row, answer):
        # Called off there, it cannot be paid behind our back, nor by a request of ours that is still on its way.
        take(row.pk, answer)
        answer = provider.cancel(charge_of(row))
        if answer.said is Said.CANCELLED:
            answer = replace(answer, cause=why)
    return take(row.pk, answer)


def _call_off(row: Attempt, answer: Answer) -> Cause:
    """Why an attempt has to be called off at the provider; nothing when there is time left."""
    lasted = clock.now() - row.started_at
    if answer.said is Said.ABSENT:
        return Cause.NOT_SENT if lasted > timedelta(seconds=GRACE) else Cause.NONE
    if answer.said is not Said.WAITING:
        return Cause.NONE
    if row.given_up_at:
        return Cause.TILL_CANCELLED
    return Cause.NOT_CONFIRMED if lasted > timedelta(seconds=house().waiting.confirm) else Cause.NONE


def work_due() -> int:
    """Ask whatever is due: attempts in doubt, refunds on their way. How many questions were asked."""
    done = 0
    for attempt in _claimed(Attempt, state__in=LIVE):
        inquire(attempt=attempt)
        done += 1
    for part in _claimed(RefundPart, state=RefundState.REQUESTED):
        press_on(part=part)
        done += 1
    return done


def _claimed(model: type[Attempt] | type[RefundPart], **still: object) -> list[int]:
    """Keys of due rows that are ours for the lease: of several workers one asks."""
    now = clock.now()
    due = list(
        model._default_manager.filter(ask_at__lte=now, **still).order_by("ask_at").values_list("pk", "ask_at")[:BATCH]
    )
    rows = model._default_manager
    return [pk for pk, at in due if rows.filter(pk=pk, ask_at=at, **still).update(ask_at=now + LEASE)]


def press_on(*, part: int) -> RefundPart:
    """Bring a part of a refund forward: asked about first when it may have been sent before, and sent if nobody knows
    it. Sending the same number twice moves money once, by the providers' own rules.
    """
    row = RefundPart.objects.select_related("refund", "attempt__payment").get(pk=part)
    if row.state != RefundState.REQUESTED or not row.attempt.provider or not connected(row.attempt.provider):
        return row
    provider, payback = provider_of(row.attempt.provider), payback_of(row)
    answer = provider.ask_refund(payback) if row.asked else Answer(Said.ABSENT)
    if answer.said is Said.ABSENT:
        RefundPart.objects.filter(pk=part).update(asked=row.asked + 1)
        sent = provider.refund(payback)
        answer = replace(sent, exchanges=(*answer.exchanges, *sent.exchanges))
    return take_part(part, answer)
