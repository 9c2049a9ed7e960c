"""What every verb shares: believing the reported time, and telling the log."""

from datetime import datetime

from clothier.eventlog import services
from clothier.eventlog.contracts import Event
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.visits import rules
from clothier.visits.models import Visit


def believed(occurred_at: datetime | None) -> rules.Moment:
    """The moment a verb goes by, and when we were told. Raises Refused for a time that cannot be true."""
    return rules.Moment(services.believed(occurred_at), clock.now())


def tell(
    event: Event,
    visit: Visit,
    moment: rules.Moment,
    *,
    actor: int | None,
    key: str | None,
    subject: Ref | None = None,
) -> None:
    """Record an event of a visit, with its customer and store."""
    services.record(
        event,
        subject=subject or visit.ref,
        customer=visit.customer_id,
        store=visit.store_id,
        actor=actor,
        occurred_at=moment.at,
        key=key,
    )
