"""People look at what was flagged and at what does not fit, and write down what came of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.payments.models import Discrepancy, Flag


@transaction.atomic
def review_flag(*, flag: int, verdict: str, actor: int | None, note: str = "") -> None:
    """Say what a risk flag turned out to be. Raises Refused when somebody else has done so."""
    if verdict not in Flag.Verdict.values:
        raise Refused(_("请选择结论。"), field="verdict")
    if verdict == Flag.Verdict.ABUSE and not note.strip():
        raise Refused(_("确认滥用时请写明依据。"), field="note")
    changed = Flag.objects.filter(pk=flag, reviewed_at=None).update(
        verdict=verdict, note=note.strip(), reviewed_at=clock.now(), reviewed_by=actor
    )
    if not changed:
        raise Refused(_("这条提示已经有人处理过。"))


@transaction.atomic
def settle_discrepancy(*, discrepancy: int, note: str, actor: int | None) -> None:
    """Say how a contradiction was cleared up. Raises Refused without words, or when it is cleared up already."""
    if not note.strip():
        raise Refused(_("请写明查到了什么。"), field="note")
    changed = Discrepancy.objects.filter(pk=discrepancy, settled_at=None).update(
        settled_at=clock.now(), settled_by=actor, note=note.strip()
    )
    if not changed:
        raise Refused(_("这条差异已经有人处理过。"))
