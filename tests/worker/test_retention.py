"""What has served its purpose goes by itself, on its day and not before."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction

from clothier.api.models import ApiKey, Repetition
from clothier.api.services import create_key
from clothier.customers.models import AccessRecord
from clothier.eventlog.models import Entry
from clothier.eventlog.services import record
from clothier.imports.models import Import
from clothier.kernel.refs import Ref
from clothier.staff.events import AccountDeactivated
from clothier.worker import retention

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_access_log_keeps_three_years(saturday):
    for age in (1095, 1097):
        AccessRecord.objects.create(role="agent", what="card", purpose="test", at=saturday.now() - age * DAY)
    assert retention.let_go() == 1
    assert retention.let_go() == 0
    assert AccessRecord.objects.get().at == saturday.now() - 1095 * DAY


def test_uploaded_files_go_unless_an_import_still_reads_them_or_they_lie_elsewhere(saturday, settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "imports").mkdir()
    old = (saturday.now() - 31 * DAY).timestamp()
    task = Import.objects.create(kind="orders", state="running", size=1, created_at=saturday.now(), path="")

    def file(name: str, at: float) -> Path:
        path = tmp_path / name
        path.write_text("电话,13800138000")
        os.utime(path, (at, at))
        return path

    gone = [file("imports/a.upload", old), file("imports/9999-rejected.csv", old)]
    fresh = file("imports/b.upload", saturday.now().timestamp())
    read = [file("imports/c.upload", old), file(f"imports/{task.pk}-rejected.csv", old)]
    elsewhere = file("orders.csv", old)
    Import.objects.filter(pk=task.pk).update(path=str(read[0]))
    assert retention.let_go() == 2
    assert [path.exists() for path in [*gone, fresh, *read, elsewhere]] == [False, False, True, True, True, True]


def test_ended_sessions_and_old_idempotency_keys_go(saturday, settings, cast):
    for key, ends in (("ended", saturday.now() - DAY), ("open", saturday.now() + DAY)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    create_key(name="till", scopes=["orders:write"])
    for age in (29, 31):
        used = saturday.now() - age * DAY
        Repetition.objects.create(api_key=ApiKey.objects.get(), key_hash=str(age), request_hash="", used_at=used)
    assert retention.let_go() == 2
    assert list(Session.objects.values_list("pk", flat=True)) == ["open"]
    assert Repetition.objects.get().key_hash == "29"


@pytest.mark.parametrize("days", [7, 400])
def test_an_operators_own_number_of_days_counts(saturday, settings, days):
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "access_log": days}
    for age in (days - 1, days + 1):
        AccessRecord.objects.create(role="agent", what="card", purpose="test", at=saturday.now() - age * DAY)
    assert retention.let_go() == 1


def test_the_log_is_kept_for_ever_unless_somebody_says_otherwise(saturday, settings, tmp_path):
    settings.HOME = tmp_path
    with transaction.atomic():
        record(AccountDeactivated(user_id=1), subject=Ref("user", 1))
    saturday.advance(399 * 86_400)
    with transaction.atomic():
        record(AccountDeactivated(user_id=2), subject=Ref("user", 2))
    saturday.advance(2 * 86_400)
    assert retention.let_go() == 0
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"log": 400}
    assert retention.let_go() == 1
    assert Entry.objects.get().subject_id == 2
    assert [path.suffix for path in (tmp_path / "archive").iterdir()] == [".parquet"]
