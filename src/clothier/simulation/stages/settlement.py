"""Last the money: tills in every store, five weeks of days closed and compared, and this morning's drawers."""

from datetime import date, timedelta

from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for
from clothier.settlement.history import close_past, decide_past, load_files, match_past, open_past
from clothier.settlement.selectors import days_for, open_date
from clothier.settlement.services import add_till, compare
from clothier.simulation.lore.payments import DAYS
from clothier.simulation.lore.settlement import DECIDED, PROVIDERS, files
from clothier.standards.contracts import role_resolver
from clothier.standards.selectors import document

TILLS = (("t1", "一号收银台"), ("t2", "二号收银台"))
_DAY = timedelta(days=1)
# The latest differences wait for whoever tries the demo.
_WAITING = 4


def tell(*, today: date, seed: int) -> None:
    """Once; told again it finds the days there."""
    if days_for(SYSTEM).exists():
        return
    first, last = today - (DAYS - 1) * _DAY, today - _DAY
    stores = list(stores_for(SYSTEM).order_by("pk"))
    close_past(stores={store.pk: _first("manager", store.pk) for store in stores}, first=first, last=last)
    load_files(files(first=first, last=last, seed=seed))
    for provider in PROVIDERS:
        compare(provider=provider, first=first, last=last)
    decide_past(before=today - _WAITING * _DAY, notes=DECIDED, actor=_first("finance", None))
    match_past(until=last - _DAY)
    days, opened = {}, {}
    for store in stores:
        for code, name in TILLS:
            till = add_till(store=store.pk, code=code, name=name).pk
            if code == TILLS[0][0]:
                days[till], opened[till] = open_date(store.pk, store.zone_info), _first("cashier", store.pk)
    open_past(tills=opened, float_fen=document("settlement").float, since=timedelta(minutes=40), days=days)


def _first(role: str, store: int | None) -> int | None:
    return next(iter(role_resolver.ask(role, store, None, clock.now())), None)
