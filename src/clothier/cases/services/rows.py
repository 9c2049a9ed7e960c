"""One way to move a case: under its lock, as its event says, with the event recorded."""

from datetime import datetime

from django.utils.translation import gettext as _

from clothier.cases.contracts import NoteKind, State
from clothier.cases.models import Case, CaseNote
from clothier.cases.rules.course import OVER, Standing, after
from clothier.eventlog.contracts import Event, Happening
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused

LONGEST = 5_000


def told(entry: Happening) -> Case:
    """The case an event happened to: what a repeated verb gives."""
    return Case.objects.get(pk=entry.subject_id)


def held(case: int, *states: State | frozenset[State]) -> Case:
    """The case, locked until the transaction ends: two at once take turns. Refused outside these states."""
    row = Case.objects.select_for_update().filter(pk=case).first()
    if row is None:
        raise Refused(_("没有找到这张服务单"))
    guard(row, *states)
    return row


def guard(row: Case, *states: State | frozenset[State]) -> None:
    """Refused where the case is in none of these states (none named: in any)."""
    wanted = frozenset[State]().union(*(some if isinstance(some, frozenset) else {some} for some in states))
    if not wanted or row.state in wanted:
        return
    if row.state in OVER:
        raise Refused(_("这张服务单已经结束，需要时请重开"))
    raise Refused(_("服务单现在是“%(state)s”，不能这样做") % {"state": row.get_state_display()})


def move(row: Case, event: Event, *, actor: int | None, key: str | None = None, at: datetime | None = None) -> Case:
    """Write what the event makes of the case, and record it: the row is what a replay of the log gives.

    `at`: when it really happened, where we hear of it later.
    """
    now, standing = clock.now(), after(row.standing, event)
    for name in Standing.__slots__:
        setattr(row, name, getattr(standing, name))
    row.changed_at = now
    row.closed_at = (row.closed_at or now) if row.state in OVER else None
    row.save(update_fields=[*Standing.__slots__, "changed_at", "closed_at"])
    tell(row, event, actor=actor, key=key, at=at)
    return row


def tell(row: Case, event: Event, *, actor: int | None, key: str | None = None, at: datetime | None = None) -> None:
    record(
        event,
        subject=row.ref,
        customer=row.customer_id,
        store=row.store_id,
        actor=actor,
        key=key,
        occurred_at=at,
    )


def words(text: str, *, field: str = "text", empty: bool = False) -> str:
    """What somebody wrote, trimmed. Refused when it is empty or longer than anybody reads."""
    clean = text.strip()
    if not clean and not empty:
        raise Refused(_("请写点什么"), field=field)
    if len(clean) > LONGEST:
        raise Refused(_("太长了，最多 %(count)s 个字。") % {"count": LONGEST}, field=field)
    return clean


def note(row: Case, kind: NoteKind, text: str, *, author: int | None, channel: str = "") -> CaseNote:
    """Keep words on the case, sealed."""
    return CaseNote.objects.create(
        case=row, kind=kind, channel=channel[:10], author_id=author, sealed=row.seal(text), at=clock.now()
    )
