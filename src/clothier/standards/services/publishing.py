"""House rules change here: drafts, publication from a date, rolling back, acknowledging."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.access import Denied, Role, Viewer
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.standards.contracts import Faulty
from clothier.standards.events import RulesAcknowledged, RulesPublished, StoreTargetSet
from clothier.standards.models import Edition, RulesAcknowledgement, RulesVersion, StoreTarget
from clothier.standards.rules.documents import shelf
from clothier.standards.selectors.documents import document


def _may_edit(viewer: Viewer) -> None:
    if not viewer.may(Role.OPERATOR):
        raise Denied(_("服务规范由总部运营修改"))


def _one_at_a_time() -> None:
    """Hold the house rules until the transaction ends: whoever writes at the same moment waits and then goes on.

    The first of a verb's locks, so that two verbs never wait for each other.
    """
    Edition.objects.select_for_update().get_or_create(pk=1, defaults={"token": ""})


@transaction.atomic
def save_draft(*, viewer: Viewer, key: str, text: str, summary: str = "", draft_id: int | None = None) -> RulesVersion:
    """Keep a text as a draft, valid or not yet. Raises Refused when that draft was published meanwhile."""
    _may_edit(viewer)
    if key not in shelf.DOCUMENTS:
        raise Refused(_("没有这份规范"))
    if draft_id is not None:
        return _rewrite(draft_id, key, text, summary)
    _one_at_a_time()
    return RulesVersion.objects.create(
        document=key,
        number=_next_number(key),
        text=text,
        summary=summary[:200],
        written_by=viewer.employee,
        written_at=clock.now(),
    )


def _rewrite(draft_id: int, key: str, text: str, summary: str) -> RulesVersion:
    draft = RulesVersion.objects.filter(pk=draft_id, document=key, state=RulesVersion.State.DRAFT)
    if not draft.update(text=text, summary=summary[:200], written_at=clock.now()):
        raise Refused(_("这份草稿已经发布，请另起一份"))
    return draft.get()


def _next_number(key: str) -> int:
    """The caller holds the house rules, so that two operators who start at once get two numbers."""
    last = RulesVersion.objects.filter(document=key).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def publish(*, viewer: Viewer, version_id: int, effective_at: datetime | None = None) -> RulesVersion:
    """Publish a draft from a moment on (now by default). Raises Refused on a faulty text or a moment in the past."""
    _may_edit(viewer)
    # Before the clock is read: of two who publish at once the second one's moment is the later, and its text holds.
    _one_at_a_time()
    now = clock.now()
    at = effective_at or now
    if at < now:
        raise Refused(_("生效时间不能早于现在"), field="effective_at")
    draft = RulesVersion.objects.filter(pk=version_id)
    # Held until the end, so that what is published is what was just read and found valid.
    text = draft.select_for_update().first()
    if text is None:
        raise Refused(_("这份草稿已经被丢弃"))
    try:
        shelf.read(text.document, text.text)
    except Faulty as fault:
        raise Refused(_("内容有误：%(faults)s") % {"faults": fault}, field="text") from None
    published = {"state": RulesVersion.State.PUBLISHED, "published_by": viewer.employee, "published_at": now}
    if not draft.filter(state=RulesVersion.State.DRAFT).update(**published, effective_at=at):
        raise Refused(_("这一版已经发布"))
    _new_edition()
    event = RulesPublished(document=text.document, number=text.number, effective_at=at.isoformat())
    record(event, subject=Ref("rules", text.pk), actor=viewer.employee)
    return draft.get()


@transaction.atomic
def discard_draft(*, viewer: Viewer, version_id: int) -> None:
    """Throw a draft away. A published version stays for ever."""
    _may_edit(viewer)
    RulesVersion.objects.filter(pk=version_id, state=RulesVersion.State.DRAFT).delete()


@transaction.atomic
def roll_back(*, viewer: Viewer, version_id: int, effective_at: datetime | None = None) -> RulesVersion:
    """Publish an older text anew, as a new version that says what it restores."""
    _may_edit(viewer)
    old = RulesVersion.objects.get(pk=version_id)
    if old.state != RulesVersion.State.PUBLISHED:
        raise Refused(_("只能恢复发布过的版本"))
    summary = _("恢复第 %(number)s 版") % {"number": old.number}
    draft = save_draft(viewer=viewer, key=old.document, text=old.text, summary=summary)
    RulesVersion.objects.filter(pk=draft.pk).update(restores=old)
    return publish(viewer=viewer, version_id=draft.pk, effective_at=effective_at)


@transaction.atomic
def restore_shipped(*, viewer: Viewer, key: str) -> RulesVersion:
    """Publish the text Clothier ships with."""
    draft = save_draft(viewer=viewer, key=key, text=shelf.shipped_text(key), summary=_("恢复出厂规范"))
    return publish(viewer=viewer, version_id=draft.pk)


@transaction.atomic
def acknowledge_rules(*, viewer: Viewer, version_id: int) -> RulesAcknowledgement:
    """Say that one has read a published version; saying it twice changes nothing."""
    version = RulesVersion.objects.get(pk=version_id)
    if viewer.employee is None or version.state != RulesVersion.State.PUBLISHED:
        raise Refused(_("只有员工可以确认已发布的规范"))
    found, created = RulesAcknowledgement.objects.get_or_create(
        version=version, employee_id=viewer.employee, defaults={"acknowledged_at": clock.now()}
    )
    if created:
        event = RulesAcknowledged(document=version.document, number=version.number, employee_id=viewer.employee)
        record(event, subject=Ref("rules", version.pk), actor=viewer.employee)
    return found


@transaction.atomic
def tighten(*, viewer: Viewer, promise_key: str, store_id: int, seconds: int | None, reason: str = "") -> None:
    """A store sets its own, shorter time for a promise, or takes it back (None). Promises already running keep theirs.

    Raises Denied for another's store, Refused when the time would be longer than the house rule.
    """
    if not viewer.may(Role.MANAGER, Role.OPERATOR) or not viewer.sees(store_id):
        raise Denied(_("只有本店店长或运营可以加严"))
    rule = document("promises").find(promise_key)
    if rule is None:
        raise Refused(_("没有这条承诺"), field="promise_key")
    if seconds is not None and not 0 < seconds <= rule.within:
        raise Refused(_("门店只能加严，不能放宽"), field="seconds")
    _one_at_a_time()
    now = clock.now()
    StoreTarget.objects.filter(promise_key=promise_key, store_id=store_id, ended_at__isnull=True).update(ended_at=now)
    if seconds is not None:
        StoreTarget.objects.create(
            promise_key=promise_key,
            store_id=store_id,
            seconds=seconds,
            reason=reason[:200],
            set_by=viewer.employee,
            set_at=now,
        )
    _new_edition()
    event = StoreTargetSet(promise_key=promise_key, store_id=store_id, seconds=seconds or 0)
    record(event, subject=Ref("store", store_id), store=store_id, actor=viewer.employee)


def _new_edition() -> None:
    """Tell every process that what it has cached is old."""
    Edition.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})
