"""Opening a case: whoever it reaches first writes it down, and its clocks run."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import OPEN_STATES, Holder, Kind, NewLine, NoteKind, Origin, Severity, Topic
from clothier.cases.events import CaseMarkedComplex, CaseMarkedSerious, CaseOpened
from clothier.cases.models import Case, CaseThread
from clothier.cases.services.handing import hand
from clothier.cases.services.lines import add_lines, checked, style_of
from clothier.cases.services.rows import move, note, tell, told, words
from clothier.eventlog.services import once
from clothier.kernel import clock, vault
from clothier.kernel.errors import Refused
from clothier.standards.contracts import role_resolver


@once(told, CaseOpened)
@transaction.atomic
def open_case(
    *,
    kind: Kind | str,
    topic: Topic | str,
    severity: Severity | str,
    text: str,
    origin: Origin | str,
    customer: int | None = None,
    store: int | None = None,
    order: int | None = None,
    lines: Sequence[NewLine] = (),
    holder: Holder | str = Holder.NONE,
    thread: int | None = None,
    style: int | None = None,
    owner: int | None = None,
    complex: bool = False,
    actor: int | None = None,
    key: str | None = None,
) -> Case:
    """Write down what somebody came with. Idempotent by `key`.

    Without an owner it is whoever wrote it down, else the person the ladder names with the fewest open cases. Refused
    for lines that were not sold with this order, or that come back in another case already.
    """
    clean = words(text)
    _known(kind, topic, severity, origin, holder)
    sold = checked(order, lines)
    now = clock.now()
    # Goods that are not with us yet stop the clock from the start, and say so as any hand-over does.
    elsewhere = holder in (Holder.CUSTOMER, Holder.VENDOR)
    row = Case(
        kind=kind, topic=topic, severity=severity, origin=origin, holder="" if elsewhere else holder, store_id=store,
        customer_id=customer, order_id=order, style_id=style or style_of(sold), key=vault.new_key(),
        owner_id=owner or actor or _free(store), opened_at=now, opened_by=actor, changed_at=now,
    )  # fmt: skip
    row.sealed = row.seal(clean)
    row.save(force_insert=True)
    note(row, NoteKind.OPENING, clean, author=actor, channel=str(origin))
    if thread is not None:
        CaseThread.objects.create(case=row, thread_id=thread, linked_at=now)
    event = CaseOpened(
        kind=row.kind, topic=row.topic, severity=row.severity, origin=row.origin, owner_id=row.owner_id,
        holder=row.holder, order_id=order, thread_id=thread,
    )  # fmt: skip
    tell(row, event, actor=actor, key=key)
    add_lines(row, lines, sold, actor=actor)
    if elsewhere:
        hand(row, holder, reason=_("货品尚未交到店里"), actor=actor)
    if severity == Severity.SERIOUS:
        move(row, CaseMarkedSerious(), actor=actor)
    if complex:
        move(row, CaseMarkedComplex(), actor=actor)
    return row


def _known(kind: str, topic: str, severity: str, origin: str, holder: str) -> None:
    for field, told_, choices in (
        ("kind", kind, Kind),
        ("topic", topic, Topic),
        ("severity", severity, Severity),
        ("origin", origin, Origin),
        ("holder", holder, Holder),
    ):
        if told_ not in list(choices):
            raise Refused(_("请选择一项"), field=field)


def _free(store: int | None) -> int | None:
    """Of those who answer for cases now, the one with the fewest in hand."""
    people = role_resolver.ask("case_owner", store, None, clock.now())
    mine = {person: Case.objects.filter(owner_id=person, state__in=OPEN_STATES)[:200].count() for person in people[:20]}
    return min(people[:20], key=lambda person: (mine[person], people.index(person)), default=None)
