"""Lost property: what was found is what somebody misses."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import UNSETTLED, Kind
from clothier.cases.events import CaseFound
from clothier.cases.models import Case
from clothier.cases.selectors.lost import is_find
from clothier.cases.services.linking import merge
from clothier.cases.services.rows import guard, held, move, told
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused


@once(told, CaseFound)
@transaction.atomic
def claim_find(*, case: int, find: int, actor: int, key: str | None = None) -> Case:
    """Say that this is what the customer misses: the find's case ends in theirs, and the thing waits to be fetched.

    Refused for anything but an open find and an open case of something missed: no thing is given to two.
    """
    rows = {pk: held(pk) for pk in sorted({case, find})}
    row, found = rows[case], rows[find]
    guard(row, UNSETTLED)
    if case == find or not is_find(found) or row.kind != Kind.LOST or row.holder:
        raise Refused(_("请选择一件捡到的东西和一张寻物的服务单"))
    merge(case=find, into=case, actor=actor)
    return move(row, CaseFound(find_id=find), actor=actor, key=key)
