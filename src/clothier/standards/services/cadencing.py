"""Cadences: the calendar opens a promise for each store and period, once, whoever asks."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.standards.contracts import StoreFacts, store_directory
from clothier.standards.events import CadenceCompleted, CadenceOpened
from clothier.standards.models import CadenceTurn, Promise
from clothier.standards.rules.documents.cadences import Cadence, Scope
from clothier.standards.rules.documents.promises import Clock
from clothier.standards.rules.hours import CalendarHours
from clothier.standards.rules.turns import PREFIX, turn_of
from clothier.standards.selectors.documents import document
from clothier.standards.selectors.promises import visible
from clothier.standards.selectors.rulebook import Rulebook, hours_of, rulebook

CHAIN = StoreFacts(id=0, calendar="")
# Minutes: Nepal's clocks stand at +5:45, India's at +5:30, the Chatham Islands' at +12:45.
QUARTER = 15


def open_cadences(now: datetime | None = None) -> int:
    """Open every turn that has begun and is not open yet; how many. Cheap when nothing is new: two queries."""
    at, book = now or clock.now(), rulebook()
    stores = store_directory.ask(None)
    wanted: dict[tuple[str, int, str], tuple[Cadence, datetime, datetime]] = {}
    for cadence in document("cadences").cadences:
        for place in stores if cadence.scope is Scope.STORE else [CHAIN]:
            turn = turn_of(cadence, _hours(book, place), at)
            if turn and turn[2] > at:
                wanted[cadence.key, place.id, turn[0]] = (cadence, turn[1], turn[2])
    periods = {period for _, _, period in wanted}
    known = CadenceTurn.objects.filter(period__in=periods).values_list("cadence", "store_id", "period")
    fresh = {turn: wanted[turn] for turn in wanted.keys() - set(known)}
    return _open(fresh, at) if fresh else 0


def next_cadence(now: datetime | None = None) -> datetime:
    """When to ask again at the latest: the next quarter of an hour, on which midnight falls in every zone there is."""
    at = now or clock.now()
    return at.replace(minute=at.minute // QUARTER * QUARTER, second=0, microsecond=0) + timedelta(minutes=QUARTER)


@transaction.atomic
def complete_cadence(*, viewer: Viewer, promise_id: int) -> Promise:
    """Tick a recurring duty off. Raises Refused when the promise is no cadence or is closed already."""
    promise = visible(viewer).select_for_update().get(pk=promise_id)
    if not promise.key.startswith(PREFIX) or promise.closed_at is not None:
        raise Refused(_("这件事已经完成，或不是例行事项"))
    event = CadenceCompleted(promise_id=promise.pk, cadence=promise.key.removeprefix(PREFIX), store_id=promise.store_id)
    note = Note(event, Ref("promise", promise.pk), store=promise.store_id, actor=viewer.employee)
    record_all([note])
    promise.refresh_from_db()
    return promise


def _hours(book: Rulebook, place: StoreFacts) -> CalendarHours:
    hours = hours_of(book.calendar_for(place.calendar), Clock.OPENING)
    assert isinstance(hours, CalendarHours)
    return hours


def _open(turns: dict[tuple[str, int, str], tuple[Cadence, datetime, datetime]], at: datetime) -> int:
    """The unique turn row is the guard: only the worker that inserts it starts the promise."""
    with transaction.atomic():
        opened = [turn for turn in sorted(turns) if _claim(*turn, at)]
        record_all(_notes(turns, opened, at))
    return len(opened)


def _claim(cadence: str, store: int, period: str, at: datetime) -> bool:
    _, created = CadenceTurn.objects.get_or_create(
        cadence=cadence, store_id=store, period=period, defaults={"opened_at": at}
    )
    return created


def _notes(
    turns: dict[tuple[str, int, str], tuple[Cadence, datetime, datetime]],
    opened: Iterable[tuple[str, int, str]],
    at: datetime,
) -> list[Note]:
    notes = []
    for turn in opened:
        _, store, period = turn
        cadence, _, due = turns[turn]
        event = CadenceOpened(cadence=cadence.key, period=period, due_at=due.isoformat())
        subject = Ref("store", store) if store else Ref("chain", 1)
        notes.append(Note(event, subject, store=store or None, occurred_at=at))
    return notes
