"""Questions without an answer: noted as they are asked, closed by an editor."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.knowledge.contracts import Learned
from clothier.knowledge.events import GapClosed, GapNoted
from clothier.knowledge.models import Gap, Wording
from clothier.knowledge.selectors.asking import as_asked, nearest_gap, plain
from clothier.knowledge.services.learning import learn


def _noted(entry: Happening) -> Gap:
    return Gap.objects.get(pk=entry.subject_id)


@once(_noted, GapNoted)
def note_gap(*, text: str, channel: str, key: str | None = None) -> Gap:
    """Somebody asked what nobody has written an answer to. Alike questions are one gap, counted.

    `text` is kept without what looks personal. Refused for a text without a word in it.
    """
    asked = plain(text)
    if not asked:
        raise Refused(_("请写顾客的问题"), field="text")
    with transaction.atomic():
        now = clock.now()
        wording, first = _wording(asked, as_asked(text), channel)
        Wording.objects.filter(pk=wording.pk).update(count=F("count") + 1, last_at=now)
        # Asked again after it was set aside: still nobody answers it, so it is open again.
        Gap.objects.filter(pk=wording.gap_id).update(
            count=F("count") + 1, last_at=now, state=Gap.State.OPEN, closed_at=None, closed_by=None
        )
        found = Gap.objects.get(pk=wording.gap_id)
        record(GapNoted(gap_id=found.pk, channel=channel, first=first), subject=found.ref, key=key)
        return found


def _wording(asked: str, text: str, channel: str) -> tuple[Wording, bool]:
    """How it was asked, and whether nobody had asked anything like it. Two at once: the second finds the first's."""
    known = Wording.objects.filter(plain=asked).first()
    if known:
        return known, False
    now = clock.now()
    alike = nearest_gap(asked)
    home = alike or Gap.objects.create(text=text, first_at=now, last_at=now)
    wording, new = Wording.objects.get_or_create(
        plain=asked, defaults={"gap": home, "text": text, "channel": channel[:12], "last_at": now}
    )
    if not new and alike is None:
        home.delete()
    return wording, new and alike is None


@transaction.atomic
def answer_gap(*, gap: int, article: int, actor: int | None = None) -> None:
    """The gap's questions are other ways to ask for this article: it learns them, and the gap is closed."""
    row = _close(gap, Gap.State.ANSWERED, article, actor)
    if row is not None:
        asked = row.wordings.order_by("-count", "pk").values_list("text", flat=True)
        learn(article=article, texts=list(asked[:20]), learned=Learned.GAP, actor=actor)


@transaction.atomic
def dismiss_gap(*, gap: int, actor: int | None = None) -> None:
    """Nothing we answer. Asked again, it is open again."""
    _close(gap, Gap.State.DISMISSED, None, actor)


@transaction.atomic
def reopen_gap(*, gap: int) -> None:
    """Set aside by mistake."""
    Gap.objects.filter(pk=gap, state=Gap.State.DISMISSED).update(state=Gap.State.OPEN, closed_at=None, closed_by=None)


def _close(gap: int, state: str, article: int | None, actor: int | None) -> Gap | None:
    row = Gap.objects.select_for_update().filter(pk=gap).first()
    if row is None:
        raise Refused(_("这个问题不在了，请刷新"))
    if row.state != Gap.State.OPEN:
        return None
    Gap.objects.filter(pk=gap).update(state=state, article=article, closed_at=clock.now(), closed_by=actor)
    record(GapClosed(gap_id=gap, article_id=article), subject=row.ref, actor=actor)
    return row
