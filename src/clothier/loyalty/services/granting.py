"""Points given for a reason: a suggestion that was accepted, a birthday, an apology."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.kernel import clock, rows
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty.contracts import EntryKind, Reason
from clothier.loyalty.events import PointsGranted
from clothier.loyalty.models import Grant, Lot
from clothier.loyalty.rules.points import month_end
from clothier.loyalty.services.lots import entry, settle, write
from clothier.standards.selectors import document as house_rules

MOST = 1_000_000


def grant(
    *,
    customer: int,
    points: int,
    reason: Reason | str,
    key: str,
    reference: str = "",
    store: int | None = None,
    actor: int | None = None,
) -> int:
    """Give points that may be spent at once; the grant's id. The same key grants once."""
    if not 1 <= points <= MOST:
        raise Refused(_("积分须在 1 到 %(most)s 之间。") % {"most": MOST}, field="points")
    try:
        with transaction.atomic():
            return _grant(customer, points, Reason(reason), key, reference, store, actor)
    except IntegrityError:
        if known := Grant.objects.filter(key=key).values_list("pk", flat=True).first():
            return known
        raise


def grant_suggestion(*, customer: int, suggestion: Ref | str, actor: int | None = None) -> int:
    """A suggestion was accepted: the house rules' points, once a suggestion."""
    points = house_rules("loyalty").suggestion_points
    return grant(
        customer=customer,
        points=points,
        reason=Reason.SUGGESTION,
        key=f"suggestion:{suggestion}",
        reference=str(suggestion),
        actor=actor,
    )


def _grant(
    customer: int, points: int, reason: Reason, key: str, reference: str, store: int | None, actor: int | None
) -> int:
    now = clock.now()
    made = Grant.objects.create(
        customer_id=customer,
        points=points,
        reason=reason,
        reference=reference,
        key=key,
        granted_at=now,
        actor_id=actor,
    )
    lot = rows.new(
        Lot,
        customer_id=customer,
        source="grant",
        document=str(made.pk),
        remaining=points,
        matures_at=now,
        expires_at=month_end(now, house_rules("loyalty").valid_months, timezone.get_default_timezone()),
    )
    rows.insert([lot])
    about = "grant", str(made.pk)
    write([entry(lot, document=about, line=0, kind=EntryKind.GRANT, points=points, at=now, actor=actor)])
    settle([customer])
    record(
        PointsGranted(grant_id=made.pk, points=points, reason=reason.value),
        subject=Ref("customer", customer),
        customer=customer,
        store=store,
        actor=actor,
    )
    return made.pk
