"""Pairing a screen with a store, and ending that."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.desks.kiosk.events import KioskPaired, KioskRevoked
from clothier.desks.kiosk.models import Device
from clothier.desks.kiosk.rules import digest
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref


def pair(*, store: int, name: str, actor: int | None) -> tuple[Device, str]:
    """A new screen and its token, which is shown once and kept only as a hash."""
    if not name.strip():
        raise Refused(_("给屏幕起个名字，例如“一楼入口”"), field="name")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        device = Device.objects.create(
            store_id=store,
            name=name.strip()[:40],
            token_hash=digest(token),
            paired_at=clock.now(),
            paired_by_id=actor,
        )
        record(KioskPaired(), subject=Ref("kiosk", device.pk), store=store, actor=actor)
        return device, token


def revoke(*, device: int, actor: int | None) -> None:
    """End a pairing; ending it twice changes nothing."""
    with transaction.atomic():
        changed = Device.objects.filter(pk=device, revoked_at=None).update(revoked_at=clock.now())
        if changed:
            store = Device.objects.values_list("store_id", flat=True).get(pk=device)
            record(KioskRevoked(), subject=Ref("kiosk", device), store=store, actor=actor)
